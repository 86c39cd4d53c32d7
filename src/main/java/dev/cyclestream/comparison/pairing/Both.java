package dev.cyclestream.comparison.pairing;

import java.util.function.Function;

/**
 * One of each side.
 *
 * @param ofOld of what is compared with
 * @param ofNew of what is judged
 */
public record Both<T>(T ofOld, T ofNew) {

    public <R> Both<R> map(Function<T, R> function) {
        return new Both<>(function.apply(ofOld), function.apply(ofNew));
    }
}
