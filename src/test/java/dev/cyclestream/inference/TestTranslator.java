package dev.cyclestream.inference;

import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;

/** Translators for tests: named by the checkpoint of the demo, translating by whatever generator a test needs. */
public final class TestTranslator {

    private TestTranslator() {}

    /** From A to B by a quick generator, with two workers. */
    public static ImageTranslator quick() {
        return of(new FakeGenerator(), 2);
    }

    /** From A to B by this generator. */
    public static ImageTranslator of(Generator generator, int workers) {
        return new ImageTranslator(
                DemoCheckpoint.aToB(),
                generator,
                new Parallelism(workers, 1),
                ImageCodec.standard(),
                TranslationMetrics.NONE);
    }
}
