package dev.cyclestream.trainer.domain;

import java.util.function.Function;

/** A value for each domain. */
public record PerDomain<T>(T a, T b) {

    /** The same for both. */
    public static <T> PerDomain<T> both(T value) {
        return new PerDomain<>(value, value);
    }

    /** The value of a domain. */
    public T of(Domain domain) {
        return domain == Domain.A ? a : b;
    }

    /** The results of a function for each value, that of A first. */
    public <R> PerDomain<R> map(Function<? super T, ? extends R> function) {
        return new PerDomain<>(function.apply(a), function.apply(b));
    }
}
