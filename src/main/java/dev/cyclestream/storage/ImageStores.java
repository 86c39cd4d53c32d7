package dev.cyclestream.storage;

import dev.cyclestream.file.WholeFile;
import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Stores of images that are not in records; safe for use by several threads. */
public final class ImageStores implements AutoCloseable {

    private final List<ImageStore> stores;
    private final int maxBytes;
    private final Optional<Results> results;

    /**
     * The places that references may point into.
     *
     * @param roots folders
     * @param buckets of the S3-compatible service
     * @param endpoint of one other than Amazon's
     */
    public record Allowed(List<Path> roots, List<String> buckets, Optional<URI> endpoint, String region) {
        public Allowed {
            roots = List.copyOf(roots);
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * The store of results that are too large for a record.
     *
     * @param folder {@code file:///DIR/} or {@code s3://BUCKET/PREFIX}
     * @param above length in bytes up to which they stay in the record
     */
    public record Results(URI folder, int above) {
        public Results {
            boolean known = "file".equals(folder.getScheme()) || "s3".equals(folder.getScheme());
            if (!known || above < 0) {
                throw new IllegalArgumentException(
                        "results: expected file:///DIR/ or s3://BUCKET/PREFIX, and no negative size, found %s, %d"
                                .formatted(folder, above));
            }
        }
    }

    /** @param maxBytes largest image that is read */
    public ImageStores(Allowed allowed, int maxBytes, Optional<Results> results) {
        this.maxBytes = maxBytes;
        this.results = results;
        this.stores = new ArrayList<>();
        String resultScheme = results.map(given -> given.folder().getScheme()).orElse("");
        if (resultScheme.equals("file")) {
            WholeFile.removeAbandoned(Path.of(results.get().folder()));
        }
        if (!allowed.roots().isEmpty() || resultScheme.equals("file")) {
            stores.add(new FileStore(allowed.roots()));
        }
        if (!allowed.buckets().isEmpty() || resultScheme.equals("s3")) {
            stores.add(new S3Store(allowed.buckets(), allowed.endpoint(), allowed.region()));
        }
    }

    /** No image but those in records. */
    public static ImageStores none() {
        Allowed nothing = new Allowed(List.of(), List.of(), Optional.empty(), "");
        return new ImageStores(nothing, 0, Optional.empty());
    }

    /**
     * Reads an image and makes sure that it is the one that was meant.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     * @throws ReferenceRejectedException if it is not there, may not be read, or is another
     * @throws StorageUnreachableException if the store does not answer
     */
    public byte[] read(String reference, long size, String sha256) {
        URI uri = parse(reference);
        ImageStore store = store(uri)
                .orElseThrow(() -> new ReferenceRejectedException(
                        Reason.UNSUPPORTED_REFERENCE,
                        "%s: expected the image in the record, or a reference of a kind that is set up: %s"
                                .formatted(reference, schemes())));
        if (size < 1 || size > maxBytes) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_MISMATCH,
                    "%s: expected 1 to %d bytes, found a claim of %d".formatted(reference, maxBytes, size));
        }
        byte[] content = store.read(uri, (int) size);
        String found = DigestUtils.sha256Hex(content);
        if (!found.equals(sha256.toLowerCase(Locale.ROOT))) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_MISMATCH, "%s: expected SHA-256 %s, found %s".formatted(reference, sha256, found));
        }
        return content;
    }

    /**
     * Puts a result away if it is too large for a record. Its name is its SHA-256: a second try writes the same object.
     *
     * @return where it is; empty if it belongs into the record
     * @throws StorageUnreachableException if the store does not take it
     */
    public Optional<URI> writeIfLarge(byte[] content, String sha256, String contentType, String extension) {
        return results.filter(given -> content.length > given.above()).map(given -> {
            ImageStore store = store(given.folder())
                    .orElseThrow(() -> new IllegalStateException("no store for " + given.folder()));
            return store.write(given.folder(), sha256 + "." + extension, contentType, content);
        });
    }

    private Optional<ImageStore> store(URI uri) {
        return stores.stream()
                .filter(store -> store.scheme().equals(uri.getScheme()))
                .findFirst();
    }

    private String schemes() {
        return stores.isEmpty()
                ? "none"
                : String.join(", ", stores.stream().map(ImageStore::scheme).toList());
    }

    private static URI parse(String reference) {
        try {
            return URI.create(reference).normalize();
        } catch (IllegalArgumentException e) {
            throw new ReferenceRejectedException(
                    Reason.UNSUPPORTED_REFERENCE, "expected a URI, found \"%s\"".formatted(reference), e);
        }
    }

    @Override
    public void close() {
        stores.forEach(ImageStore::close);
    }
}
