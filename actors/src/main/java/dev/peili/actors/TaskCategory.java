package dev.peili.actors;

/**
 * The kind of work that a turn does; every group keeps one queue, a <em>lane</em>, for each.
 *
 * <p>Within one category the order of dispatch is kept, also between related groups (promise G2). Between the categories
 * of one group the more urgent goes first, in the order {@link #UI}, {@link #REFRESH_DRIVER}, {@link #NETWORK}, {@link
 * #TIMER}, {@link #WORKER}, {@link #OTHER}, {@link #GARBAGE_COLLECTION}; a lane that has been passed over often enough
 * ({@code peili.dispatcher.category-every}) goes before all of them (promise G5). {@link #IDLE_CALLBACK} waits for as long
 * as its group has any other work.
 *
 * <p>The names are those of Gecko's {@code TaskCategory}.
 */
public enum TaskCategory {
    /** Input, and whatever else a person is waiting for. */
    UI(0),
    /** Responses and data that arrive from the network. */
    NETWORK(2),
    /** Timers that have expired. */
    TIMER(3),
    /** Messages from workers and other helpers. */
    WORKER(4),
    /** Work that may wait until its group has nothing else to do. */
    IDLE_CALLBACK(7),
    /** The periodic work that produces a frame: animation, style, layout, paint. */
    REFRESH_DRIVER(1),
    /** Collecting garbage. */
    GARBAGE_COLLECTION(6),
    /** Anything else; also what {@link EventTarget}s use that were not given a category. */
    OTHER(5);

    private static final TaskCategory[] BY_LANE = new TaskCategory[values().length];

    static {
        for (TaskCategory category : values()) {
            BY_LANE[category.lane] = category;
        }
    }

    private final int lane;

    TaskCategory(int lane) {
        this.lane = lane;
    }

    /** Its place in the order of urgency, which is the number of its lane. */
    int lane() {
        return lane;
    }

    static TaskCategory ofLane(int lane) {
        return BY_LANE[lane];
    }
}
