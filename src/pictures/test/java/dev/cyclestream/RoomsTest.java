package dev.cyclestream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.cyclestream.house.HouseRules;

/** The rules of this module: it depends on nothing of ours, its packages and its files form no circles, its rooms are small. */
@AnalyzeClasses(
        packages = "dev.cyclestream",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class RoomsTest {

    private static final String[] ROOMS = {
        "dev.cyclestream.failure..",
        "dev.cyclestream.file..",
        "dev.cyclestream.image..",
        "dev.cyclestream.option..",
        "dev.cyclestream.page..",
        "dev.cyclestream.picture..",
        "dev.cyclestream.process.."
    };

    @ArchTest
    static final ArchRule THE_MODULE_DEPENDS_ON_NOTHING_OF_OURS = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.cyclestream..").and(resideOutsideOfPackages(ROOMS)));

    @ArchTest
    static final ArchRule IMAGE_IO_IS_AT_HOME_IN_IMAGE = HouseRules.home("dev.cyclestream.image..", "javax.imageio..");

    @ArchTest
    static final ArchRule PICTURES_KNOW_NOTHING_OF_IMAGES = noClasses()
            .that()
            .resideInAPackage("dev.cyclestream.picture..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.cyclestream.image..");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY =
            slices().matching("dev.cyclestream.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FILES_DEPEND_ONE_WAY = HouseRules.filesDependOneWay();

    @ArchTest
    static void packagesAreSmall(JavaClasses all) {
        HouseRules.requireSmallPackages(all);
    }
}
