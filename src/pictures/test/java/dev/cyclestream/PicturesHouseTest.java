package dev.cyclestream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules of this module: it depends on nothing of ours, its packages and its files form no circles, its rooms are small. */
@AnalyzeClasses(
        packages = "dev.cyclestream",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class PicturesHouseTest {

    private static final int MOST_TYPES = 22;

    private static final String[] ROOMS = {
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
    static final ArchRule IMAGE_IO_IS_AT_HOME_IN_IMAGE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cyclestream.image..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.imageio..");

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
    static final ArchRule FILES_DEPEND_ONE_WAY =
            slices().assignedFrom(new FilesOfClasses()).should().beFreeOfCycles();

    @ArchTest
    static void roomsAreSmall(JavaClasses all) {
        Map<String, Long> types = all.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(types)
                .isNotEmpty()
                .allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_TYPES));
    }

    /** Nested classes belong to the class that has the name of their file. */
    private static final class FilesOfClasses implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getName();
            int nested = name.indexOf('$');
            return SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested));
        }

        @Override
        public String getDescription() {
            return "files";
        }
    }
}
