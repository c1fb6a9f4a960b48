package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.MessageAdaptionFailure;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What happens in the lives of actors that do as they are told, all of whose turns are watched. */
final class Diary {
    final OpenTurns turns = new OpenTurns();
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    /** What such an actor can be told to do. */
    interface Deed extends Consumer<ActorContext<Object>> {}

    static void tell(ActorRef<Object> actor, Deed deed) {
        actor.tell(deed);
    }

    static ActorRef<Object> childOf(ActorContext<Object> context, String name) {
        return context.getChild(name).orElseThrow().unsafeUpcast();
    }

    /** Does its deeds, fails when told to "fail", stops when told to "stop", and notes everything else. */
    Behavior<Object> life(String name, Deed atStart) {
        return Behaviors.setup(context -> {
            note(name + " starts");
            atStart.accept(context);
            int[] texts = new int[1];
            return Behaviors.receive(Object.class)
                    .onMessageEquals("stop", Behaviors::stopped)
                    .onMessageEquals("fail", () -> {
                        throw new IllegalStateException("as told");
                    })
                    .onMessage(Deed.class, deed -> {
                        deed.accept(context);
                        return Behaviors.same();
                    })
                    .onMessage(String.class, text -> note(name + " gets " + text + " as number " + ++texts[0]))
                    .onSignal(
                            ChildFailed.class,
                            signal -> note(
                                    name + " sees " + signal.getRef().path().name() + " fail: "
                                            + signal.getCause().getMessage()))
                    .onSignal(
                            Terminated.class,
                            signal -> note(name + " sees the end of "
                                    + signal.getRef().path().name()))
                    .onSignal(
                            MessageAdaptionFailure.class,
                            signal -> note(name + " sees an adaption fail: "
                                    + signal.exception().getMessage()))
                    .onSignal(PreRestart.class, signal -> note(name + " restarts"))
                    .onSignal(PostStop.class, signal -> note(name + " stops"))
                    .build();
        });
    }

    Behavior<Object> life(String name) {
        return life(name, context -> {});
    }

    Behavior<Object> note(String event) {
        events.add(event);
        return Behaviors.same();
    }

    ActorRef<Object> spawn(SchedulerGroup group, String name, Behavior<Object> behavior) {
        return Systems.spawn(group, turns.watch(group, Object.class, behavior), name);
    }

    /** The deed of spawning a child whose turns are those of this group. */
    Deed child(SchedulerGroup group, String name) {
        return context ->
                context.spawn(turns.watch(group, Object.class, life(name)), name, group.props(TaskCategory.WORKER));
    }

    List<String> events() {
        return events;
    }

    void await(int count) {
        try {
            Systems.await(count + " events", () -> events.size() >= count);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", only " + events, e);
        }
    }

    /** Waits for so many events, of which it does not matter what they are. */
    void skip(int count) {
        await(count);
        assertThat(events).hasSize(count);
        events.clear();
    }

    /** Waits for these events, and finds no others, and no fault with any turn. */
    void expect(String... expected) {
        await(expected.length);
        assertThat(events).containsExactly(expected);
        events.clear();
        turns.assertFaultless();
    }

    void expectInAnyOrder(String... expected) {
        await(expected.length);
        assertThat(events).containsExactlyInAnyOrder(expected);
        events.clear();
        turns.assertFaultless();
    }
}
