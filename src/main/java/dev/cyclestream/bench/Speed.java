package dev.cyclestream.bench;

/**
 * A rate of images.
 *
 * @param perSecond images a second
 * @param processorMillis of this process for each image, all threads together: the same however busy the machine is
 *     with others
 */
public record Speed(double perSecond, double processorMillis) {

    static final Speed NONE = new Speed(0, 0);

    static Speed mean(Speed one, Speed other) {
        return new Speed((one.perSecond + other.perSecond) / 2, (one.processorMillis + other.processorMillis) / 2);
    }
}
