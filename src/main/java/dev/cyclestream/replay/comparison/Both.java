package dev.cyclestream.replay.comparison;

import java.util.function.Function;

/**
 * One of each side.
 *
 * @param ofOld of what is compared with
 * @param ofNew of what is judged
 */
record Both<T>(T ofOld, T ofNew) {

    <R> Both<R> map(Function<T, R> function) {
        return new Both<>(function.apply(ofOld), function.apply(ofNew));
    }
}
