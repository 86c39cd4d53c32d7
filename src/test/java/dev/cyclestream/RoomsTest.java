package dev.cyclestream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cyclestream.cli.CyclestreamApplication;
import dev.cyclestream.house.HouseRules;
import org.junit.jupiter.api.Test;

/** Keeps each package of this module small, and its files free of circles. */
class RoomsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(CyclestreamApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void packagesAreSmall() {
        HouseRules.requireSmallPackages(CLASSES);
    }

    @Test
    void filesDependOneWay() {
        HouseRules.filesDependOneWay().check(CLASSES);
    }
}
