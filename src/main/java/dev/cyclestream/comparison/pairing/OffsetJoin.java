package dev.cyclestream.comparison.pairing;

/** Joins the translations of one source partition on the source offset, in its order. */
final class OffsetJoin {

    private final OffsetIndex old;
    private final OffsetIndex newer;

    /** Hears of each source offset once. */
    interface Visitor {

        /** Both sides have a translation, at these indices. */
        void pair(int oldIndex, int newIndex);

        /** Only one side has one. */
        void single(LeftOut.Kind kind, long source);
    }

    /** Takes indices that are settled. */
    OffsetJoin(Both<OffsetIndex> indices) {
        this.old = indices.ofOld();
        this.newer = indices.ofNew();
    }

    void run(Visitor visitor) {
        int left = 0;
        int right = 0;
        while (left < old.size() || right < newer.size()) {
            if (right == newer.size() || (left < old.size() && old.source(left) < newer.source(right))) {
                boolean inside = isInside(newer, old.source(left));
                visitor.single(inside ? LeftOut.Kind.ONLY_OLD : LeftOut.Kind.OUTSIDE_NEW, old.source(left));
                left++;
            } else if (left == old.size() || newer.source(right) < old.source(left)) {
                boolean inside = isInside(old, newer.source(right));
                visitor.single(inside ? LeftOut.Kind.ONLY_NEW : LeftOut.Kind.OUTSIDE_OLD, newer.source(right));
                right++;
            } else {
                visitor.pair(left, right);
                left++;
                right++;
            }
        }
    }

    /** The number of pairs. */
    long pairs() {
        long[] count = new long[1];
        run(new Visitor() {
            @Override
            public void pair(int oldIndex, int newIndex) {
                count[0]++;
            }

            @Override
            public void single(LeftOut.Kind kind, long source) {}
        });
        return count[0];
    }

    private static boolean isInside(OffsetIndex index, long source) {
        return index.size() > 0 && source > index.source(0) && source < index.source(index.size() - 1);
    }
}
