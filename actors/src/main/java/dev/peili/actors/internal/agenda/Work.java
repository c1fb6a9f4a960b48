package dev.peili.actors.internal.agenda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits in a lane: a task, or the mailbox of an actor that has messages. It is in at most one lane at a
 * time. The agenda never runs it; the threads do.
 */
public abstract class Work {
    private static final VarHandle CLAIMED;
    private static final VarHandle NEXT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMED = lookup.findVarHandle(Work.class, "claimed", boolean.class);
            NEXT = lookup.findVarHandle(Work.class, "next", Work.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The group that it is queued in; for work of several groups, once it is open, the one whose turn it was. */
    Node node;

    final byte lane;

    @Nullable
    Work next;
    /** How many tasks the TabGroup itself had been given in this category when this was queued. */
    long tabStamp;
    /** How many tasks the root group had been given in this category when this was queued. */
    long rootStamp;
    /** Its number among all that was ever queued in its family. */
    long arrival;
    /** Whether it is passed by in its lane as if it were not there. */
    boolean aside;
    /** Whether it was started, or taken out, while it was in its lane. */
    private boolean claimed;
    /** What this belongs to if it concerns several groups. */
    @Nullable
    Joint joint;

    /**
     * @param node the group that it is queued in
     * @param lane its category there
     */
    protected Work(Node node, int lane) {
        this.node = node;
        this.lane = (byte) lane;
    }

    /** Puts the work behind this one in its lane, for those to see who have no lock. With the lock of the family. */
    void append(Work work) {
        NEXT.setRelease(this, work);
    }

    /** What is behind this in its lane, or was. Without the lock, a hint. */
    @Nullable
    Work following() {
        return (Work) NEXT.getAcquire(this);
    }

    /** Says that it is about to be in its lane. With the lock of the family. */
    void unclaim() {
        claimed = false;
    }

    /** Makes the caller the one who starts it, or takes it out, while it is in its lane; false if somebody else is. */
    boolean claim() {
        return CLAIMED.compareAndSet(this, false, true);
    }

    /** Whether it was started although it is in its lane. With the lock of the family. */
    boolean isClaimed() {
        return claimed;
    }

    /** The number of its category. */
    public final int lane() {
        return lane;
    }

    /** What logs call it: the name of the task, or the path of the actor. Any thread. */
    public String name() {
        return "callback";
    }

    /** The actor's mailbox or the callback that runs; null for a task. */
    public @Nullable Runnable runnable() {
        return null;
    }

    /** Runs it, as one turn or as a batch of them, on the calling thread. */
    public abstract void run();

    /** Its group has been suspended, perhaps, while this waits there. Any thread that has no lock. */
    public void suspended() {}

    /** Whether promise G2 counts this work, and the bounds of lanes do: not if it is a message for an actor. */
    public boolean ordered() {
        return true;
    }

    /** Whether other turns may run on top of this one at a checkpoint. */
    public boolean pausable() {
        return true;
    }

    /** Whose work this is, as its user knows it: a group, or null for what is in none. */
    public @Nullable Object owner() {
        return null;
    }

    /** Who accepted this work and wants to know when it has run; null for work that nobody counts. */
    public @Nullable Admission admission() {
        return null;
    }
}
