package dev.peili.actors.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Seat;
import dev.peili.stress.Meeting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Promise G4 at a checkpoint: a call for attention that follows on urgent work is not lost, even if the turn is taking note
 * of an earlier one.
 */
final class AttentionStress {
    private AttentionStress() {}

    @JCStressTest
    @Outcome(id = "1, ., .", expect = ACCEPTABLE, desc = "The checkpoint found the urgent work.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The checkpoint came earlier; the next one will look up.")
    @Outcome(
            id = "0, 1, 0",
            expect = FORBIDDEN,
            desc = "The call was wiped out by a checkpoint that did not see the work.")
    @Outcome(expect = FORBIDDEN, desc = "The urgent work was lost.")
    @State
    public static class CallAgainstCheckpoint {
        private final Meeting meeting = new Meeting(2);
        private final Workers workers = Pool.workers(0);
        private final Agenda agenda = workers.agenda();
        private final Seat seat = agenda.newSeat();
        private final Node foreground = agenda.newTabGroup("foreground");

        public CallAgainstCheckpoint() {
            agenda.setVisible(foreground, true);
            workers.enqueue(new Pool.Counted(agenda.newTabGroup("background")));
            agenda.next(seat);
            // An earlier call, for something that another seat has taken.
            seat.callAttention();
        }

        @Actor
        public void background(III_Result r) {
            meeting.await();
            if (seat.attention()) {
                r.r1 = agenda.nextOnTop(seat) == null ? 0 : 1;
            }
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            workers.enqueue(new Pool.Counted(foreground));
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r2 = agenda.hasUrgent() ? 1 : 0;
            r.r3 = seat.attention() ? 1 : 0;
        }
    }
}
