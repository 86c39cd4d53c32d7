package dev.cyclestream.storage;

import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects in some buckets of an S3-compatible service. Credentials come from where the AWS SDK looks for them. */
final class S3Store implements ImageStore {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(20);
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int SERVER_ERROR = 500;
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);
    private static final int LONGEST_KEY = 1024;

    /** Codes for credentials, clocks and regions, which somebody will mend: no object is to blame. */
    private static final Set<String> OWN_FAULTS = Set.of(
            "AuthorizationHeaderMalformed",
            "ExpiredToken",
            "InvalidAccessKeyId",
            "InvalidToken",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "SlowDown",
            "TokenRefreshRequired");

    private final S3Client client;
    private final Set<String> buckets;

    /**
     * Connects at the first use.
     *
     * @param buckets that may be read
     * @param endpoint of a service other than Amazon's
     */
    S3Store(List<String> buckets, Optional<URI> endpoint, String region) {
        this.buckets = Set.copyOf(buckets);
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                // Other services do not know the newest checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTING)
                        .socketTimeout(ANSWERING));
        endpoint.ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
        this.client = builder.build();
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public byte[] read(URI uri, int size) {
        if (uri.getHost() == null || !buckets.contains(uri.getAuthority())) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_ALLOWED, uri + ": expected a bucket of --image-bucket");
        }
        try (ResponseInputStream<GetObjectResponse> object = open(uri)) {
            Long found = object.response().contentLength(); // some services do not say it
            if (found != null && found != size) {
                object.abort();
                throw new ReferenceRejectedException(
                        Reason.REFERENCE_MISMATCH, "%s: expected %d bytes, found %d".formatted(uri, size, found));
            }
            return object.readNBytes(size);
        } catch (SdkException | IOException e) {
            throw new StorageUnreachableException(uri + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Begins to read an object of any size.
     *
     * @throws ReferenceRejectedException if it is not there or may not be read
     * @throws StorageUnreachableException if the service does not answer
     */
    ResponseInputStream<GetObjectResponse> open(URI uri) {
        if (!isKey(key(uri))) {
            throw new ReferenceRejectedException(
                    Reason.UNSUPPORTED_REFERENCE,
                    "%s: expected s3://BUCKET/KEY with a key of 1 to %d bytes".formatted(uri, LONGEST_KEY));
        }
        try {
            return client.getObject(
                    request -> request.bucket(uri.getAuthority()).key(key(uri)));
        } catch (S3Exception e) {
            throw answered(uri, e);
        } catch (SdkException e) {
            throw new StorageUnreachableException(uri + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    }

    /** A refusal is the reference's fault, unless the cause lies with us or passes by itself. */
    private static RuntimeException answered(URI uri, S3Exception e) {
        int status = e.statusCode();
        String code = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        if (status == NOT_FOUND || status == GONE) {
            return new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_FOUND, uri + ": expected an object, found none", e);
        }
        boolean refused = status >= BAD_REQUEST && status < SERVER_ERROR && !NOT_NOW.contains(status);
        if (refused && !OWN_FAULTS.contains(code)) {
            return new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_ALLOWED,
                    "%s: the service does not let us read it, status %d %s".formatted(uri, status, code),
                    e);
        }
        return new StorageUnreachableException(uri + ": cannot be read: " + e.getMessage(), e);
    }

    private static String key(URI uri) {
        return uri.getPath().replaceFirst("^/", "");
    }

    @Override
    public URI write(URI folder, String name, String contentType, byte[] content) {
        String prefix = key(folder);
        String key = prefix.isEmpty() || prefix.endsWith("/") ? prefix + name : prefix + "/" + name;
        try {
            client.putObject(
                    request -> request.bucket(folder.getAuthority()).key(key).contentType(contentType),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw new StorageUnreachableException(
                    "s3://%s/%s: cannot be written: %s".formatted(folder.getAuthority(), key, e.getMessage()), e);
        }
        return URI.create("s3://%s/%s".formatted(folder.getAuthority(), key));
    }

    @Override
    public void close() {
        client.close();
    }
}
