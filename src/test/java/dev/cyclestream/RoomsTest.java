package dev.cyclestream;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.cyclestream.cli.CyclestreamApplication;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps each package of this module small, and its files free of circles. */
class RoomsTest {

    private static final long MOST_TYPES = 22;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(CyclestreamApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void noPackageHoldsMoreThanARoomTakes() {
        Map<String, Long> types = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(types)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void filesDependOneWay() {
        slices().assignedFrom(new Files()).should().beFreeOfCycles().check(CLASSES);
    }

    /** One slice for each file: a nested type belongs to the type around it. */
    private static final class Files implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getName().replaceAll("\\$.*", ""));
        }

        @Override
        public String getDescription() {
            return "files";
        }
    }
}
