package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import dev.peili.testkit.Ledger.OpenTurn;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actors of one schedule, who report every turn. */
final class Cast {
    /** How an actor's turn ends. */
    enum Ending {
        GO_ON,
        STOP,
        FAIL
    }

    /** What an actor does in a turn. */
    interface Role {
        Ending play(OpenTurn turn);
    }

    /** What is thrown on purpose. */
    static final class Mishap extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mishap() {
            super("on purpose", null, false, false);
        }
    }

    private final Ledger ledger;
    private final Realm realm;
    private final Role role;
    private int named;

    Cast(Ledger ledger, Realm realm, Role role) {
        this.ledger = ledger;
        this.realm = realm;
        this.role = role;
    }

    // --- Spawning ---------------------------------------------------------------------------------------------------

    /** An actor on Pekko's default dispatcher, or in no group on the groups' dispatcher. */
    void spawnOutside(boolean inAgenda) {
        Props props = inAgenda ? DispatcherSelector.fromConfig("peili.dispatcher") : Props.empty();
        Member member = member(realm.nowhere, Optional.empty(), TaskCategory.OTHER, inAgenda, false);
        member.ref = Optional.of(ledger.simulation.spawn(behavior(member), member.name, props));
    }

    /** A child of the guardian that is put into the group. */
    void spawnInto(Dossier dossier, TaskCategory category) {
        Props props = dossier.group.props(category);
        Member member = member(dossier.place, Optional.of(dossier), category, true, false);
        member.ref = Optional.of(ledger.simulation.spawn(behavior(member), member.name, props));
    }

    /** An actor that the group spawns. */
    void spawnBy(Dossier dossier, TaskCategory category) {
        Member member = member(dossier.place, Optional.of(dossier), category, true, true);
        dossier.group.spawn(behavior(member), member.name, category).whenComplete((ref, failure) -> {
            if (failure == null) {
                member.ref = Optional.of(ref);
            } else {
                member.ended = true;
                if (dossier.group.isOpen()) {
                    ledger.broken("G6: " + dossier + " is open but did not spawn " + member + ": " + failure);
                }
            }
        });
    }

    void superviseActors(Dossier dossier, boolean restart) {
        SupervisorStrategy strategy = restart ? SupervisorStrategy.restart() : SupervisorStrategy.stop();
        dossier.group.superviseActors(strategy.withLoggingEnabled(false));
        dossier.actorsRestart = restart;
    }

    private Member member(
            Place place, Optional<Dossier> dossier, TaskCategory category, boolean inAgenda, boolean spawned) {
        Member member = new Member("m" + ++named, place, dossier, category, inAgenda, spawned);
        ledger.members.add(member);
        return member;
    }

    // --- What they do -----------------------------------------------------------------------------------------------

    void tell(Member member, Object sender, int chatter) {
        ActorRef<Member.Note> ref = member.ref.orElseThrow();
        ledger.told(member);
        ref.tell(member.newNote(sender, chatter));
    }

    private Behavior<Member.Note> behavior(Member member) {
        return Behaviors.setup(context -> {
            signal(member, "setup");
            member.started = true;
            return Behaviors.receive(Member.Note.class)
                    .onAnyMessage(note -> onNote(member, note))
                    .onSignal(PreRestart.class, restart -> {
                        signal(member, "restart");
                        return Behaviors.same();
                    })
                    .onSignal(PostStop.class, stop -> {
                        signal(member, "stop");
                        member.ended = true;
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private void signal(Member member, String what) {
        ledger.end(ledger.beginSignal(member, what));
    }

    private Behavior<Member.Note> onNote(Member member, Member.Note note) {
        OpenTurn turn = ledger.begin(note);
        try {
            if (note.chatter > 0) {
                tell(member, member, note.chatter - 1);
            }
            Ending ending = note.chatter > 0 ? Ending.GO_ON : role.play(turn);
            if (ending == Ending.FAIL) {
                fails(member);
                throw new Mishap();
            }
            member.stopping |= ending == Ending.STOP;
            return ending == Ending.STOP ? Behaviors.stopped() : Behaviors.same();
        } finally {
            ledger.end(turn);
        }
    }

    private void fails(Member member) {
        ledger.coverage.count(member.restarts ? "actors restarted" : "actors failed");
        if (!member.restarts) {
            member.failed = true;
            if (member.spawnedByGroup) {
                member.dossier.orElseThrow().failedActors++;
            }
        }
    }
}
