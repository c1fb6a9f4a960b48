package dev.peili.actors.internal.agenda;

import java.util.Comparator;
import java.util.List;

/**
 * Work that affects several groups: it waits for all of them and excludes them all. In each group's lane a {@link Part} of
 * it keeps its place in the order; the work starts when every part could.
 *
 * <p>Guarded by the locks of all its families together; with any one of them held, it can be read.
 */
public final class Joint {
    final Work work;
    final List<Part> parts;
    /** Each once, in the order in which they are locked. */
    final List<Family> families;

    /** The {@link Work#rootStamp} of all parts: the root group must not come between two of them. */
    long rootStamp;
    /** Whether the parts are in their lanes. */
    boolean waiting;
    /** Whether its groups are kept free for it, because only open turns stand in its way. */
    boolean reserved;
    /** Whether its families have been lent the urgency of one of them. */
    boolean lent;

    /** One of the groups that are affected, and the door through which the work came in there. */
    public record Share(Node node, Admission door) {}

    /** Keeps the work's place in one lane. */
    static final class Part extends Work {
        final Joint whole;
        private final Admission door;
        /** Whether it is of no use to look at the whole before something has changed for this group. */
        boolean stuck;

        Part(Joint whole, Share share, int lane) {
            super(share.node(), lane);
            this.whole = whole;
            this.joint = whole;
            this.door = share.door();
        }

        @Override
        public void run() {
            throw new IllegalStateException("the whole is run, not its parts");
        }

        @Override
        public Admission admission() {
            return door;
        }
    }

    /**
     * @param work what is to be run; its own node and door are one of the shares'
     * @param shares groups of which none is above another, each once
     */
    public Joint(Work work, List<Share> shares) {
        this.work = work;
        work.joint = this;
        parts = shares.stream()
                .map(share -> new Part(this, share, work.lane))
                .sorted(Comparator.comparingInt(part -> part.node.family.number))
                .toList();
        families = parts.stream().map(part -> part.node.family).distinct().toList();
    }

    boolean cameInThrough(Admission door) {
        return parts.stream().anyMatch(part -> part.admission() == door);
    }

    void lock() {
        for (int i = 0; i < families.size(); i++) {
            families.get(i).lock();
        }
    }

    void unlock() {
        for (int i = families.size() - 1; i >= 0; i--) {
            families.get(i).unlock();
        }
    }
}
