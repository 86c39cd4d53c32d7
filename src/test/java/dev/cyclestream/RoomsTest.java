package dev.cyclestream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cyclestream.cli.CyclestreamApplication;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.house.HouseRules;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps each package of this module and of the records small, and its files free of circles. */
class RoomsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(List.of(home(CyclestreamApplication.class), home(EventSerdes.class)))
            .that(resideInAPackage("dev.cyclestream.."));

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void packagesAreSmall() {
        HouseRules.requireSmallPackages(CLASSES);
    }

    @Test
    void filesDependOneWay() {
        HouseRules.filesDependOneWay().check(CLASSES);
    }
}
