package dev.cyclestream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.anomaly.AnomalyListener.Drop;
import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.live.TranslatorPool;
import dev.cyclestream.rollout.live.TranslatorPool.Lease;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.InputPosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnomalyWatchTest implements AnomalyListener {

    private static final Maker MAKER = new Maker(Direction.A_TO_B, "a".repeat(64), "a.onnx", "candidate");
    private static final InputPosition SOURCE = new InputPosition("images.a", 0, 7);

    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private static final NamedCheckpoint BACK = NamedCheckpoint.of(DemoCheckpoint.aToB(), "file:///back.onnx");
    private final TranslatorPool pool = new TranslatorPool();
    private AnomalyWatch watch;

    @Override
    public void found(Maker maker, Detector detector) {
        assertThat(maker).isEqualTo(MAKER);
        told.add(detector);
    }

    @Override
    public void checked(Maker maker, double cycleError) {
        assertThat(maker).isEqualTo(MAKER);
        told.add(cycleError);
    }

    @Override
    public void dropped(Maker maker, Drop why) {
        assertThat(maker).isEqualTo(MAKER);
        told.add(why);
    }

    @AfterEach
    void close() {
        watch.close();
        pool.close();
    }

    @Test
    void inputThatComesBackHasNoCycleError() throws Exception {
        begin(1, FakeGenerator::negative);
        watch.made(MAKER, SOURCE, translation(FakeGenerator::negative));
        assertThat(told()).isEqualTo(Detector.INVERTED);
        assertThat(told()).isEqualTo(0.0);
    }

    @Test
    void cycleErrorIsTheMeanDifferenceOfWhatComesBack() throws Exception {
        begin(1, picture -> constant(picture, 255));
        watch.made(MAKER, SOURCE, translation(picture -> constant(picture, 40)));
        Picture input = TestImages.noise(32, 32, 1);
        long sum = 0;
        for (byte sample : input.toBytes()) {
            sum += 255 - (sample & 0xFF);
        }
        assertThat(told()).isEqualTo(Detector.BLANK);
        assertThat((double) told()).isCloseTo(sum / 255.0 / input.toBytes().length, within(1e-9));
    }

    @Test
    void shareOfNothingTranslatesNothingBackAndDetectorsLookAllTheSame() throws Exception {
        begin(0, FakeGenerator::negative);
        watch.made(MAKER, SOURCE, translation(UnaryOperator.identity()));
        watch.close();
        assertThat(told).containsExactly(Detector.UNCHANGED);
    }

    @Test
    void whatFailsIsDroppedAndTheNextIsChecked() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        begin(1, picture -> {
            if (broken.getCount() > 0) {
                broken.countDown();
                throw new IllegalStateException("broken");
            }
            return picture;
        });
        watch.made(MAKER, SOURCE, translation(Picture::flip));
        assertThat(told()).isEqualTo(Drop.FAILED);
        watch.made(MAKER, SOURCE, translation(Picture::flip));
        assertThat((double) told()).isPositive();
    }

    @Test
    void whatIsNotLoadedTranslatesNothingBack() throws Exception {
        watch = new AnomalyWatch(1, direction -> Optional.empty(), this);
        watch.made(MAKER, SOURCE, translation(Picture::flip));
        assertThat(told()).isEqualTo(Drop.NOT_LOADED);
    }

    @Test
    void whatDoesNotFitIsDroppedAndNobodyWaits() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        begin(1, picture -> {
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return picture;
        });
        Translation translation = translation(Picture::flip);
        for (int count = 0; count < 20; count++) {
            watch.made(MAKER, SOURCE, translation); // one is in hand and eight wait
        }
        int dropped = told.size();
        assertThat(told).allMatch(Drop.BUSY::equals).hasSizeBetween(11, 12);
        told.clear();
        free.countDown();
        for (int checked = dropped; checked < 20; checked++) {
            assertThat(told()).isInstanceOf(Double.class);
        }
    }

    private void begin(double share, UnaryOperator<Picture> back) {
        pool.need(this, Set.of(BACK));
        pool.put(BACK, TestTranslator.of(new Drawing(back), 1));
        watch = new AnomalyWatch(share, this::lend, this);
    }

    private Optional<Lease> lend(Direction direction) {
        assertThat(direction).isEqualTo(Direction.B_TO_A);
        return pool.lend(BACK);
    }

    private static Translation translation(UnaryOperator<Picture> generator) {
        try (ImageTranslator translator = TestTranslator.of(new Drawing(generator), 1)) {
            return translator.translation(TestImages.png(1));
        }
    }

    private Object told() throws InterruptedException {
        return told.poll(30, TimeUnit.SECONDS);
    }

    private static Picture constant(Picture size, int value) {
        byte[] samples = new byte[size.width() * size.height() * Picture.CHANNELS];
        java.util.Arrays.fill(samples, (byte) value);
        return new Picture(size.width(), size.height(), samples);
    }

    /** A generator by a function. */
    private record Drawing(UnaryOperator<Picture> function) implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            return images.stream().map(function).toList();
        }

        @Override
        public String device() {
            return "drawing";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
