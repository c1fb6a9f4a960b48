package dev.peili.testkit.internal;

import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Entry;
import dev.peili.actors.internal.agenda.Limits;
import dev.peili.actors.internal.agenda.Seat;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.GroupMessageQueue;
import dev.peili.actors.internal.dispatch.GroupPool;
import dev.peili.actors.internal.dispatch.Membership;
import dev.peili.actors.internal.dispatch.TurnReports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.ActorRef;

/**
 * The group dispatcher's pool without workers: what an agenda lets start, one step at a time. A step that runs on top of
 * another takes the next seat, as if it were another thread's; so the agenda keeps related groups apart as it always does.
 */
final class SimulatedPool extends GroupPool {
    private final Engine engine;
    private final Limits limits;
    private final List<Seat> seats = new ArrayList<>();
    private Agenda agenda;
    /** Whether somebody has got the agenda. */
    private boolean inUse;

    private final List<Runnable> beforeRenewal = new ArrayList<>(1);
    private long pauses;

    SimulatedPool(Engine engine, Limits limits) {
        this.engine = engine;
        this.limits = limits;
        this.agenda = newAgenda();
    }

    private Agenda newAgenda() {
        return new Agenda(limits, this, this::nanoTime, "root", "no group", engine.decisions());
    }

    /** How many groups could go next. */
    int readyGroups() {
        return inUse ? agenda.readyGroups() : 0;
    }

    /** Runs the next turn; false if none may start. */
    boolean step(Steps steps) {
        Agenda current = agenda;
        int depth = steps.depth();
        while (seats.size() <= depth) {
            seats.add(current.newSeat());
        }
        Seat seat = seats.get(depth);
        Work work = current.next(seat);
        if (work == null) {
            return false;
        }
        pauses += depth > 0 ? 1 : 0;
        try {
            steps.run(work);
        } finally {
            current.end(seat);
        }
        return true;
    }

    /** Ends all groups, whatever waits in them. */
    void endGroups() {
        List.copyOf(beforeRenewal).forEach(Runnable::run);
        beforeRenewal.clear();
    }

    /** Begins anew, without any group; those that there were must have ended. */
    void renew() {
        if (inUse) {
            inUse = false;
            pauses = 0;
            seats.clear();
            agenda = newAgenda();
        }
    }

    @Override
    public Agenda agenda() {
        inUse = true;
        return agenda;
    }

    @Override
    public void beforeRenewal(Runnable endOfGroups) {
        beforeRenewal.add(endOfGroups);
    }

    @Override
    public Entry enqueue(Work work) {
        engine.isFromHere("dispatched to a group", work.name());
        return agenda().enqueue(work, null);
    }

    @Override
    public long nanoTime() {
        return engine.now();
    }

    @Override
    public double random() {
        return engine.random().nextDouble();
    }

    @Override
    public long pauses() {
        return pauses;
    }

    @Override
    protected GroupMessageQueue newQueue(Membership membership, int lane, ActorRef actor) {
        return new SimulatedGroupQueue(engine, membership, lane, actor);
    }

    @Override
    public void watch(Executor executor, TurnReports reports) {}

    @Override
    public void retain() {}

    @Override
    public void release() {}

    // --- Signals: nobody sleeps here, and every checkpoint looks up -------------------------------------------------

    @Override
    public void ready() {}

    @Override
    public void urgent() {}
}
