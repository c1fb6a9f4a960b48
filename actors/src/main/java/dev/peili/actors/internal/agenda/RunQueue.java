package dev.peili.actors.internal.agenda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that look ready, in two tiers: urgent and background. Guarded by its own lock, which is the innermost.
 *
 * <p>Within a tier the node that has used the least CPU time goes first: start-time fair queueing (Goyal, Vin, Cheng,
 * 1996). A node that was away starts at the tier's present time, so it has neither saved credit nor, once the others have
 * caught up, any old debt. Three bounds keep G5: {@link Limits#backgroundEvery} between the tiers, {@link Limits#k} for
 * whoever has been ready too long, and {@link Limits#round}, after which a seat that helps itself from its slot comes
 * back here.
 */
final class RunQueue extends BriefLock {
    private static final VarHandle SIZE;
    private static final VarHandle URGENT_SIZE;
    private static final VarHandle STARTS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SIZE = lookup.findVarHandle(RunQueue.class, "size", int.class);
            URGENT_SIZE = lookup.findVarHandle(RunQueue.class, "urgentSize", int.class);
            STARTS = lookup.findVarHandle(RunQueue.class, "starts", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Limits limits;
    private final Discretion discretion;
    private final Tier urgent = new Tier();
    private final Tier background = new Tier();
    private final NodeList byAge = new NodeList(NodeList.Kind.AGE);
    private long tickets;
    private int urgentStreak;

    /** Written under the lock, read anywhere. */
    private volatile int size;

    private volatile int urgentSize;
    private volatile long starts;

    RunQueue(Limits limits, Discretion discretion) {
        this.limits = limits;
        this.discretion = discretion;
    }

    int size() {
        return size;
    }

    int urgentSize() {
        return urgentSize;
    }

    /** How many turns have started, as far as the seats have said so. */
    long starts() {
        return starts;
    }

    /** Whether nothing waits in the tier where this node belongs now. */
    boolean isEmptyFor(Node node) {
        return node.urgent() ? urgentSize == 0 : size == urgentSize;
    }

    /** @param leastRunning the smallest virtual time of those that run, where nothing waits in the tier of this node */
    void push(Node node, long leastRunning) {
        lock();
        try {
            node.ticket = tickets++;
            add(node, leastRunning);
            byAge.add(node);
            publishAdded();
        } finally {
            unlock();
        }
    }

    /**
     * Takes the node that should go next.
     *
     * @param turns how many turns the caller has started since it last asked
     */
    @Nullable
    Node pick(int turns, int poolSize, Seat seat) {
        lock();
        try {
            started(turns);
            Node node = byAge.first();
            if (node == null) {
                return null;
            }
            int streak = urgentStreak;
            if (isOverdue(node, poolSize)) {
                urgentStreak = node.queuedUrgent ? urgentStreak : 0;
            } else {
                node = choose(seat);
                advance(node);
            }
            node.streakBefore = streak;
            return remove(node);
        } finally {
            unlock();
        }
    }

    private boolean isOverdue(Node oldest, int poolSize) {
        long readyGroups = (long) byAge.size() + Math.max(0, poolSize - 1);
        return starts - oldest.readySince > readyGroups * limits.k() / 2;
    }

    private Node choose(Seat seat) {
        if (background.isEmpty()) {
            urgentStreak = 0;
        } else if (urgent.isEmpty() || urgentStreak >= limits.backgroundEvery()) {
            urgentStreak = 0;
            return discretion.node(background, seat);
        } else {
            urgentStreak++;
        }
        return discretion.node(urgent, seat);
    }

    /**
     * Takes an urgent node to run on top of a background turn; null if there is none, or if it is the paused turn's time.
     */
    @Nullable
    Node pickOnTop(int turns) {
        lock();
        try {
            started(turns);
            if (urgent.isEmpty()) {
                return null;
            }
            if (urgentStreak >= limits.backgroundEvery()) {
                urgentStreak = 0;
                return null;
            }
            Node node = urgent.first();
            node.streakBefore = urgentStreak++;
            advance(node);
            return remove(node);
        } finally {
            unlock();
        }
    }

    /** Whether a node of the same tier, or of the urgent one, has used less than this one. */
    boolean someoneIsBehind(Node node) {
        lock();
        try {
            boolean isUrgent = node.urgent();
            Tier peers = isUrgent ? urgent : background;
            return (!isUrgent && !urgent.isEmpty())
                    || (!peers.isEmpty()
                            && (node.queuedUrgent != isUrgent || peers.first().virtualTime < node.virtualTime));
        } finally {
            unlock();
        }
    }

    /** Lets a background node go next, if there is one. */
    boolean letBackgroundThrough() {
        lock();
        try {
            boolean waits = !background.isEmpty();
            urgentStreak = waits ? limits.backgroundEvery() : urgentStreak;
            return waits;
        } finally {
            unlock();
        }
    }

    /** Moves the node to the tier where it belongs now, if it is here at all. */
    void reposition(Node node) {
        lock();
        try {
            if (byAge.contains(node)) {
                tierOf(node).remove(node);
                add(node, Long.MAX_VALUE);
                publishAdded();
            }
        } finally {
            unlock();
        }
    }

    private void add(Node node, long leastRunning) {
        boolean isUrgent = node.urgent();
        Tier tier = isUrgent ? urgent : background;
        if (node.queuedUrgent != isUrgent) {
            node.virtualTime =
                    tier.now() + Math.max(0, node.virtualTime - tierOf(node).now());
            node.queuedUrgent = isUrgent;
            if (isUrgent && node.parked != null) {
                // A paused turn that has become urgent goes on before anything that has not begun.
                node.virtualTime = tier.now();
                node.ticket = -tickets++;
            }
        }
        if (tier.isEmpty()) {
            // Nobody waits, so nobody is owed anything; what others that run have used goes on to count.
            tier.advanceTo(leastRunning == Long.MAX_VALUE ? node.virtualTime : leastRunning);
        }
        node.virtualTime = Math.max(node.virtualTime, tier.now());
        tier.add(node);
    }

    /** Says that the node that was picked could not start after all, so that it used up nobody's turn. */
    void notStarted(Node node) {
        lock();
        try {
            urgentStreak = node.streakBefore;
        } finally {
            unlock();
        }
    }

    /** The tier's time goes on to that of the node that starts; not to that of one which is only overdue. */
    private void advance(Node node) {
        tierOf(node).advanceTo(node.virtualTime);
    }

    private Node remove(Node node) {
        tierOf(node).remove(node);
        byAge.remove(node);
        publishTaken();
        return node;
    }

    private Tier tierOf(Node node) {
        return node.queuedUrgent ? urgent : background;
    }

    private void started(int turns) {
        if (turns != 0) {
            long before = starts;
            STARTS.setRelease(this, before + turns);
        }
    }

    /** Lets others see what was taken; whoever sees it late only looks in vain. */
    private void publishTaken() {
        URGENT_SIZE.setRelease(this, urgent.size());
        SIZE.setRelease(this, byAge.size());
    }

    /** Lets others see what was added, before the caller looks whether somebody has to be woken for it. */
    private void publishAdded() {
        URGENT_SIZE.setRelease(this, urgent.size());
        SIZE.setVolatile(this, byAge.size());
    }
}
