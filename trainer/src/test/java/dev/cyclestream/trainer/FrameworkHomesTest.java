package dev.cyclestream.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.cyclestream.house.HouseRules.home;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps each framework in its home, and the packages free of circles. */
@AnalyzeClasses(packages = "dev.cyclestream.trainer", importOptions = ImportOption.DoNotIncludeTests.class)
class FrameworkHomesTest {

    @ArchTest
    static final ArchRule ONNX_IS_AT_HOME_IN_ONNX = home("..onnx..", "ai.onnx..", "ai.onnxruntime..");

    @ArchTest
    static final ArchRule THE_PYTORCH_ENGINE_IS_AT_HOME_IN_PYTORCH = home("..pytorch..", "ai.djl.pytorch..");

    @ArchTest
    static final ArchRule NETWORKS_ARE_DATA = noClasses()
            .that()
            .resideInAPackage("..network..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai..");

    @ArchTest
    static final ArchRule IMAGE_IO_IS_AT_HOME_IN_DATA = home("..data..", "javax.imageio..");

    @ArchTest
    static final ArchRule PICOCLI_IS_AT_HOME_IN_CLI = home("..cli..", "picocli..");

    @ArchTest
    static final ArchRule PROGRESS_BARS_ARE_AT_HOME_IN_CLI = home("..cli..", "me.tongfei..");

    @ArchTest
    static final ArchRule THE_TRAINER_KNOWS_NOTHING_OF_KAFKA = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "dev.cyclestream.event..");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY =
            slices().matching("dev.cyclestream.trainer.(*)..").should().beFreeOfCycles();

    /** See NativeNumber. */
    @ArchTest
    static final ArchRule NO_GRADIENT_PASSES_THROUGH_MEMORY_THAT_JAVA_FREES = noClasses()
            .should()
            .callMethod(NDArray.class, "mul", Number.class)
            .orShould()
            .callMethod(NDArray.class, "div", Number.class)
            .orShould()
            .callMethod(NDArray.class, "pow", Number.class)
            .orShould()
            .callMethod(NDArray.class, "maximum", Number.class)
            .orShould()
            .callMethod(NDArray.class, "minimum", Number.class);
}
