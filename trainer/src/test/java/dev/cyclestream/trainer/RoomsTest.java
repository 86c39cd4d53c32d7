package dev.cyclestream.trainer;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.cyclestream.house.HouseRules;

/** Keeps packages small, and files from needing each other in circles. */
@AnalyzeClasses(packages = "dev.cyclestream.trainer", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule FILES_DEPEND_ONE_WAY = HouseRules.filesDependOneWay();

    @ArchTest
    static void packagesAreSmall(JavaClasses classes) {
        HouseRules.requireSmallPackages(classes);
    }
}
