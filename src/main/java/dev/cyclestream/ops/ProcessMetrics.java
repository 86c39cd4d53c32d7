package dev.cyclestream.ops;

import dev.cyclestream.stream.ApplicationVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of the process, and what it was built as. Generators take most of their memory outside of the heap, where the
 * figures of the JVM do not see it; the kernel does.
 */
final class ProcessMetrics implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final int KIB = 1024;

    @Override
    public void bindTo(MeterRegistry registry) {
        if (Files.isReadable(STATUS)) {
            memory(
                            "process.resident.memory",
                            "Memory of the process in RAM, native memory of generators with it",
                            RESIDENT)
                    .register(registry);
            memory("process.peak.resident.memory", "Most memory that the process ever had in RAM", PEAK)
                    .register(registry);
        }
        Gauge.builder("cyclestream.build.info", () -> 1)
                .description("What runs")
                .tags(Tags.of("version", ApplicationVersion.current(), "java", System.getProperty("java.version")))
                .register(registry);
    }

    private static Gauge.Builder<?> memory(String name, String description, Pattern line) {
        return Gauge.builder(name, () -> read(line)).description(description).baseUnit("bytes");
    }

    private static double read(Pattern line) {
        try {
            Matcher found = line.matcher(Files.readString(STATUS));
            return found.find() ? Double.parseDouble(found.group(1)) * KIB : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
