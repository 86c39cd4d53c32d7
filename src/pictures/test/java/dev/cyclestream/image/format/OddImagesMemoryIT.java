package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The odd and broken images again and again, in a process whose heap is resident from the start: whatever grows is kept outside of
 * it. {@code -Dodd.rounds=20} for how often.
 */
class OddImagesMemoryIT {

    private static final int ROUNDS = Integer.getInteger("odd.rounds", 4);
    private static final double GROWTH = 0.05;

    @TempDir
    private Path folder;

    @Test
    void nothingStaysBehind() throws Exception {
        List<Memory> memory = afterEachRound();
        System.out.println("odd images, round by round: " + memory);
        Memory first = memory.get(1); // in the round before, Java loads and compiles
        Memory last = memory.get(ROUNDS - 1);
        assertThat(memory).extracting(Memory::decoded).containsOnly(first.decoded());
        assertThat(last.residentMib()).isLessThan(first.residentMib() * (1 + GROWTH));
        assertThat(last.liveMib()).isLessThan(first.liveMib() * (1 + GROWTH));
        assertThat(last.threads()).isLessThanOrEqualTo(first.threads());
    }

    private List<Memory> afterEachRound() throws Exception {
        Path log = folder.resolve("log");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms800m",
                        "-Xmx800m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseParallelGC",
                        Rounds.class.getName(),
                        Integer.toString(ROUNDS))
                .redirectError(errors.toFile())
                .redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10L * ROUNDS, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<Memory> memory =
                Files.readAllLines(log).stream().map(Memory::parse).toList();
        assertThat(memory).as(Files.readString(errors)).hasSize(ROUNDS);
        return memory;
    }

    /**
     * After a round.
     *
     * @param decoded images, of all
     * @param liveMib heap that a collection leaves
     */
    private record Memory(int decoded, double residentMib, double liveMib, int threads) {

        /** What Linux says of this process. */
        private static double residentNow() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElseThrow();
        }

        static Memory after(int decoded) throws IOException {
            System.gc();
            Runtime heap = Runtime.getRuntime();
            return new Memory(
                    decoded,
                    residentNow(),
                    (heap.totalMemory() - heap.freeMemory()) / (double) (1 << 20),
                    Thread.activeCount());
        }

        static Memory parse(String line) {
            String[] fields = line.split(" ", -1);
            return new Memory(
                    Integer.parseInt(fields[0]),
                    Double.parseDouble(fields[1]),
                    Double.parseDouble(fields[2]),
                    Integer.parseInt(fields[3]));
        }

        String line() {
            return decoded + " " + residentMib + " " + liveMib + " " + threads;
        }
    }

    /** The process. */
    static final class Rounds {

        private Rounds() {}

        public static void main(String... arguments) throws IOException {
            ImageDecoder decoder = OddImages.decoder();
            List<byte[]> images = new ArrayList<>();
            for (String home : OddImages.homes()) {
                images.addAll(OddImages.whole(home));
                images.addAll(OddImages.broken(home));
            }
            for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
                int decoded = (int) images.stream()
                        .filter(image -> canDecode(decoder, image))
                        .count();
                System.out.println(Memory.after(decoded).line());
            }
        }

        private static boolean canDecode(ImageDecoder decoder, byte[] image) {
            try {
                decoder.decode(image);
                return true;
            } catch (ImageRejectedException e) {
                return false; // OddImagesIT looks at the reason
            }
        }
    }
}
