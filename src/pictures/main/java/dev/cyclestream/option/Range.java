package dev.cyclestream.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range of an option that is a number, a duration or a size. Bounds are written as users write values, {@code 16},
 * {@code PT0.5S} or {@code 8MiB}; an empty one is none. Numbers are finite in any case.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Range {

    /** The smallest value. */
    String from() default "";

    /** The bound that values are larger than. */
    String above() default "";

    /** The largest value. */
    String to() default "";

    /** The bound that values are smaller than. */
    String below() default "";

    /** The number that whole numbers are multiples of. */
    int multipleOf() default 1;
}
