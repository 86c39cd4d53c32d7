package dev.cyclestream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.cyclestream.house.HouseRules.home;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps each framework in its home, and the packages free of circles. */
@AnalyzeClasses(
        packages = "dev.cyclestream",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class FrameworkHomesTest {

    @ArchTest
    static final ArchRule IMAGE_IO_IS_AT_HOME_IN_PICTURES = home("..image..", "javax.imageio..");

    @ArchTest
    static final ArchRule DJL_IS_AT_HOME_IN_INFERENCE = home("..inference..", "ai.djl..", "ai.onnxruntime..");

    @ArchTest
    static final ArchRule ONNX_FILES_ARE_AT_HOME_IN_CHECKPOINT = home("..checkpoint..", "ai.onnx.proto..");

    @ArchTest
    static final ArchRule KAFKA_IS_AT_HOME_WHERE_STREAMS_ARE_AND_IN_THE_SERDES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..kafka..",
                    "..topic..",
                    "..deadletter..",
                    "..stream..",
                    "..replay..",
                    "..rollout..",
                    "..progress..",
                    "..event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..");

    @ArchTest
    static final ArchRule PICOCLI_IS_AT_HOME_IN_CLI = home("..cli..", "picocli..");

    @ArchTest
    static final ArchRule MICROMETER_IS_AT_HOME_IN_OPS = home("..ops..", "io.micrometer..");

    @ArchTest
    static final ArchRule S3_IS_AT_HOME_IN_STORAGE = home("..storage..", "software.amazon..");

    @ArchTest
    static final ArchRule PROGRESS_BARS_ARE_AT_HOME_IN_CLI = home("..cli..", "me.tongfei..");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY =
            slices().matching("dev.cyclestream.(*)..").should().beFreeOfCycles();
}
