package dev.cyclestream.deadletter;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.failure.RejectedException;
import dev.cyclestream.progress.RetryCause;
import dev.cyclestream.storage.StorageUnreachableException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** The kinds of what is at fault when something fails, and so of what is done. */
public enum FailureKind {
    /** The input: it would fail again whatever else changes. It becomes a dead letter and the stream goes on. */
    POISON,
    /** Something that comes back by itself: the registry, a broker, an object store. Nothing is committed, and it is tried again later. */
    TRANSIENT,
    /** Nobody knows: the input, perhaps. It is tried again alone; one that fails for the third time becomes a dead letter. */
    COUNTED,
    /** The instance: a password, a library that is missing, a generator that fails for every image. It stops with nothing committed. */
    FATAL;

    /** The kind of the first failure in the chain of causes that has one. */
    public static FailureKind of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedException) {
                return POISON;
            }
            if (isFatal(cause)) {
                return FATAL;
            }
            if (cause instanceof RetriableException
                    || cause instanceof StorageUnreachableException
                    || EventSerdes.isRegistryAway(cause)) {
                return TRANSIENT;
            }
        }
        return COUNTED;
    }

    private static boolean isFatal(Throwable cause) {
        return cause instanceof LinkageError
                || cause instanceof InstanceFailedException
                || EventSerdes.isRefusedByRegistry(cause)
                || cause instanceof AuthenticationException
                || cause instanceof AuthorizationException;
    }

    /** The cause, for figures. */
    public static RetryCause retryCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (EventSerdes.isRegistryAway(cause)) {
                return RetryCause.REGISTRY;
            }
            if (cause instanceof StorageUnreachableException) {
                return RetryCause.STORAGE;
            }
            if (cause instanceof ApiException) {
                return RetryCause.BROKER;
            }
            if (cause instanceof VirtualMachineError) {
                return RetryCause.MEMORY;
            }
        }
        return RetryCause.OTHER;
    }

    /** The root of the failure, for people. */
    public static String describeRoot(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (EventSerdes.isRegistryAway(cause) || cause instanceof StorageUnreachableException) {
                return cause.getMessage();
            }
        }
        Throwable root = rootOf(failure);
        boolean saysAll = root instanceof EarlierFailureException || root instanceof MissingPartitionException;
        return saysAll ? root.getMessage() : root.toString();
    }

    /** Why an instance stops, for people: what was found out, rather than what it was found out of. */
    public static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isFatal(cause) && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return describeRoot(failure);
    }

    /** The first failure in the chain of causes that is of one of these types. */
    public static Optional<Throwable> inChain(Throwable failure, List<Class<? extends Exception>> types) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (types.stream().anyMatch(cause.getClass()::equals)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    /** The cause that the failure began with. */
    public static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
