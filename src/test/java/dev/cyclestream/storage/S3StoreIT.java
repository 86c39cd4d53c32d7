package dev.cyclestream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real S3 server that checks signatures, in this process. */
class S3StoreIT {

    private static final byte[] CONTENT = "an image".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = DigestUtils.sha256Hex(CONTENT);
    private static final String ID = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    @TempDir
    private Path folder;

    private static BlobStoreContext objects;
    private static S3Proxy server;
    private static URI endpoint;

    @BeforeAll
    static void start() throws Exception {
        objects = ContextBuilder.newBuilder("transient").build(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(objects.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "someone", "secret")
                .build();
        server.start();
        endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        objects.getBlobStore().createContainerInLocation(null, "pictures");
        objects.getBlobStore().createContainerInLocation(null, "private");
        System.setProperty(ID, "someone");
        System.setProperty(SECRET, "secret");
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(ID);
        System.clearProperty(SECRET);
        server.stop();
        objects.close();
    }

    @Test
    void whatIsWrittenIsRead() {
        try (ImageStores stores = stores(endpoint)) {
            URI written =
                    stores.writeIfLarge(CONTENT, SHA256, "image/png", "png").orElseThrow();
            assertThat(written).hasToString("s3://pictures/results/" + SHA256 + ".png");
            assertThat(stores.read(written.toString(), CONTENT.length, SHA256)).isEqualTo(CONTENT);
        }
    }

    @Test
    void otherBucketsAndMissingObjectsAreRefused() {
        assertRejected("s3://private/key", Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("s3://pictures/none", Reason.REFERENCE_NOT_FOUND);
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertRejected("s3://pictures/", Reason.UNSUPPORTED_REFERENCE);
        assertRejected("s3://pictures", Reason.UNSUPPORTED_REFERENCE);
        assertRejected("s3://pictures/" + "k".repeat(1025), Reason.UNSUPPORTED_REFERENCE);
        assertRejected("s3:///key", Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("s3:pictures/key", Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("s3://pictures/a/../../b", Reason.REFERENCE_NOT_FOUND);
        assertRejected("s3://pictures/%00", Reason.REFERENCE_NOT_ALLOWED);
    }

    @Test
    void credentialsThatAreWrongAreNoFaultOfTheReference() {
        System.setProperty(SECRET, "wrong");
        try (ImageStores stores = stores(endpoint)) {
            assertThatThrownBy(() -> stores.read("s3://pictures/key", 8, SHA256))
                    .isInstanceOf(StorageUnreachableException.class);
        } finally {
            System.setProperty(SECRET, "secret");
        }
    }

    @Test
    void objectOfAnotherSizeIsRefusedBeforeItIsRead() {
        try (ImageStores stores = stores(endpoint)) {
            URI written =
                    stores.writeIfLarge(CONTENT, SHA256, "image/png", "png").orElseThrow();
            assertThatThrownBy(() -> stores.read(written.toString(), 5, SHA256))
                    .hasMessageEndingWith("expected 5 bytes, found 8");
        }
    }

    @Test
    void serviceThatIsAwayIsNoFaultOfTheReference() {
        try (ImageStores stores = stores(URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(() -> stores.read("s3://pictures/key", 8, SHA256))
                    .isInstanceOf(StorageUnreachableException.class);
        }
    }

    @Test
    void checkpointIsFetchedIfItsHashIsTheExpectedOne() {
        FileFetch fetch = new FileFetch(Optional.of(endpoint), "us-east-1", 1000);
        URI source = put();
        Path target = folder.resolve("a-to-b.onnx");
        assertThat(fetch.bring(source, SHA256, target)).isTrue();
        assertThat(target).hasBinaryContent(CONTENT);
        Path other = folder.resolve("b-to-a.onnx");
        assertThatThrownBy(() -> fetch.bring(source, "0".repeat(64), other))
                .isInstanceOf(ReferenceRejectedException.class)
                .hasMessageEndingWith("expected SHA-256 " + "0".repeat(64) + ", found " + SHA256);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(target));
    }

    @Test
    void checkpointThatIsNotThereIsAnotherFailureThanAServiceThatIsAway() {
        Path target = folder.resolve("a-to-b.onnx");
        FileFetch fetch = new FileFetch(Optional.of(endpoint), "us-east-1", 1000);
        assertThatThrownBy(() -> fetch.bring(URI.create("s3://pictures/none"), SHA256, target))
                .isInstanceOf(ReferenceRejectedException.class);
        FileFetch away = new FileFetch(Optional.of(URI.create("http://127.0.0.1:1")), "us-east-1", 1000);
        assertThatThrownBy(() -> away.bring(URI.create("s3://pictures/key"), SHA256, target))
                .isInstanceOf(StorageUnreachableException.class);
    }

    private static URI put() {
        try (ImageStores stores = stores(endpoint)) {
            return stores.writeIfLarge(CONTENT, SHA256, "image/png", "png").orElseThrow();
        }
    }

    private static void assertRejected(String uri, Reason reason) {
        try (ImageStores stores = stores(endpoint)) {
            ReferenceRejectedException rejected = catchThrowableOfType(
                    ReferenceRejectedException.class, () -> stores.read(uri, CONTENT.length, SHA256));
            assertThat(rejected).isNotNull();
            assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
        }
    }

    private static ImageStores stores(URI service) {
        return new ImageStores(
                new ImageStores.Allowed(List.of(), List.of("pictures"), Optional.of(service), "us-east-1"),
                1000,
                Optional.of(new ImageStores.Results(URI.create("s3://pictures/results"), 0)));
    }
}
