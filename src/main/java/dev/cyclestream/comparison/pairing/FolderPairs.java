package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.gallery.CollectedFolder;
import dev.cyclestream.gallery.ImageFolder;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.TopicRecord;
import dev.cyclestream.topic.TopicRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * The pairs of a topic and a folder as {@code collect} writes it, joined on the image's id, since files carry no offsets. Of
 * several images with one id the latest counts, in the folder and here. Keeps the ids in memory. Takes over the topic.
 */
public final class FolderPairs implements PairSource {

    private static final long REPORT_EVERY = 100;

    /** Files that {@code collect} writes beside the images. */
    private static final String PAGE = "index.html";

    private final TopicRecords topic;
    private final Path folder;
    private final boolean folderIsOld;
    private final Inputs inputs;
    private final ImageStores stores;
    private final Replays replays;
    private final Set<String> replayNames = new TreeSet<>();
    private final LeftOut leftOut = new LeftOut();
    private final Map<String, Place> places = new HashMap<>();
    private final List<Match> matches = new ArrayList<>();
    private long files;
    private long records;
    private long replaced;
    private Optional<Direction> direction = Optional.empty();

    /**
     * The side that is a folder.
     *
     * @param isOld which of the two it is
     */
    public record Folder(Path path, boolean isOld) {}

    /** The place of the translation of an id. */
    private record Place(int partition, long offset, long timestamp) {
        private static final Comparator<Place> LATEST =
                Comparator.comparingLong(Place::timestamp).thenComparingLong(Place::offset);
        private static final Comparator<Place> READING =
                Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);
    }

    private record Match(String imageId, Place place, String file) {}

    /**
     * Reads the whole topic once, and lists the folder.
     *
     * @param progress is told how many records were read so far
     */
    public FolderPairs(
            TopicRecords topic,
            Folder folder,
            Inputs inputs,
            ImageStores stores,
            Replays replays,
            LongConsumer progress)
            throws IOException {
        this.topic = topic;
        this.folder = folder.path();
        this.folderIsOld = folder.isOld();
        this.inputs = inputs;
        this.stores = stores;
        this.replays = replays;
        Set<String> unclaimed = new TreeSet<>();
        new ImageFolder(folder.path()).files().forEach(file -> unclaimed.add(file.id()));
        unclaimed.remove(PAGE);
        files = unclaimed.size();
        topic.scan(record -> index(record, progress));
        progress.accept(records + topic.passedOver().count());
        match(unclaimed);
    }

    private void index(TopicRecord record, LongConsumer progress) {
        if (record.translated().isEmpty()) {
            topic.passedOver()
                    .add(record.partition(), record.offset(), "expected a translated image, found an image event");
            return;
        }
        TranslatedImage image = record.translated().get();
        if (direction.isPresent() && direction.get() != image.getDirection()) {
            throw new IllegalArgumentException(
                    "%s: expected translations of one direction, found both".formatted(topic.topic()));
        }
        direction = Optional.of(image.getDirection());
        Optional.ofNullable(image.getProvenance().getReplay()).ifPresent(replayNames::add);
        Place place = new Place(
                record.partition(),
                record.offset(),
                image.getProvenance().getSourceTimestamp().toEpochMilli());
        Place before = places.get(image.getImageId());
        replaced += before == null ? 0 : 1;
        if (before == null || Place.LATEST.compare(before, place) < 0) {
            places.put(image.getImageId(), place);
        }
        records++;
        if (records % REPORT_EVERY == 0) {
            progress.accept(records);
        }
    }

    private void match(Set<String> unclaimed) {
        CollectedFolder collected = new CollectedFolder(folder);
        Map<String, Integer> claims = new HashMap<>();
        List<Match> candidates = new ArrayList<>();
        List<String> ids = new ArrayList<>(places.keySet());
        ids.sort(Comparator.comparing(places::get, Place.READING));
        for (String id : ids) {
            Set<String> found = collected.find(id);
            found.forEach(file -> claims.merge(file, 1, Integer::sum));
            unclaimed.removeAll(found);
            if (found.size() == 1) {
                candidates.add(new Match(id, places.get(id), found.iterator().next()));
            } else {
                leftOut.add(found.isEmpty() ? onlyInTopic() : LeftOut.Kind.AMBIGUOUS, id);
            }
        }
        for (Match candidate : candidates) {
            if (claims.get(candidate.file()) == 1) {
                matches.add(candidate);
            } else {
                leftOut.add(LeftOut.Kind.AMBIGUOUS, candidate.imageId());
            }
        }
        unclaimed.forEach(file -> leftOut.add(onlyInFolder(), file));
    }

    private LeftOut.Kind onlyInTopic() {
        return folderIsOld ? LeftOut.Kind.ONLY_NEW : LeftOut.Kind.ONLY_OLD;
    }

    private LeftOut.Kind onlyInFolder() {
        return folderIsOld ? LeftOut.Kind.ONLY_OLD : LeftOut.Kind.ONLY_NEW;
    }

    @Override
    public long expected() {
        return matches.size();
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        for (Match match : matches) {
            Optional<TopicRecord> record =
                    topic.at(match.place().partition(), match.place().offset());
            if (record.isEmpty()) {
                leftOut.add(LeftOut.Kind.GONE, match.imageId());
                continue;
            }
            Provenance provenance = record.get().translated().orElseThrow().getProvenance();
            SourcePosition source = SourcePosition.of(provenance);
            Pair.Image inTopic = new Pair.Image(() -> record.get().image(stores).toBytes(), Optional.of(provenance));
            Pair.Image inFolder =
                    new Pair.Image(() -> Files.readAllBytes(folder.resolve(match.file())), Optional.empty());
            visitor.accept(new Pair(
                    match.imageId(),
                    source,
                    inputs.at(source),
                    folderIsOld ? new Both<>(inFolder, inTopic) : new Both<>(inTopic, inFolder)));
        }
    }

    @Override
    public LeftOut leftOut() {
        return leftOut;
    }

    @Override
    public Optional<Direction> direction() {
        return direction;
    }

    @Override
    public Both<SideSummary> sides() {
        SideSummary ofTopic = new SideSummary(
                topic.topic(),
                records,
                SideSummary.Others.of(topic.passedOver()),
                replaced,
                0,
                SideSummary.gaps(replayNames, replays));
        SideSummary ofFolder = new SideSummary(folder.toString(), files, SideSummary.Others.NONE, 0, 0, List.of());
        return folderIsOld ? new Both<>(ofFolder, ofTopic) : new Both<>(ofTopic, ofFolder);
    }

    @Override
    public void close() {
        topic.close();
        inputs.close();
    }
}
