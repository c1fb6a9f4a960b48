package dev.peili.mirroring.internal.flight;

/** The way to Flight Recorder. Thread-safe. */
public final class MirrorFlight {
    private static final long UNKNOWN = Long.MIN_VALUE;

    /** False in a runtime image without the module, where the event classes could not be loaded. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private MirrorFlight() {}

    /** When an update is sent, while anybody wants to know. */
    public static long stamp() {
        return PRESENT && (UpdateEvent.PROBE.isEnabled() || ConnectEvent.PROBE.isEnabled())
                ? System.nanoTime()
                : UNKNOWN;
    }

    private static long since(long stamp) {
        return stamp == UNKNOWN ? UNKNOWN : System.nanoTime() - stamp;
    }

    /** Whether updates are recorded now. */
    public static boolean recordsUpdates() {
        return PRESENT && UpdateEvent.PROBE.isEnabled();
    }

    /** An update was delivered. */
    public static void updated(String owner, String receiver, int changes, int turns, long stamp) {
        UpdateEvent event = new UpdateEvent();
        event.owner = owner;
        event.receiver = receiver;
        event.changes = changes;
        event.turns = turns;
        event.queueTime = since(stamp);
        event.commit();
    }

    /** Whether connections are recorded now. */
    public static boolean recordsConnects() {
        return PRESENT && ConnectEvent.PROBE.isEnabled();
    }

    /** The first state of a connection was delivered. */
    public static void connected(String owner, String source, String receiver, String key, long stamp) {
        ConnectEvent event = new ConnectEvent();
        event.owner = owner;
        event.source = source;
        event.receiver = receiver;
        event.key = key;
        event.queueTime = since(stamp);
        event.commit();
    }
}
