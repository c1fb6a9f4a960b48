package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Death watch and children of actors in groups: every signal is a turn of the group that it is for. */
final class DeathWatchInGroupsTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final Diary diary = new Diary();
    private TestProbe<Object> probe;
    private DocGroup page;
    private DocGroup other;

    @BeforeEach
    void start() {
        ActorTestKit kit = systems.start(2);
        probe = kit.createTestProbe(Object.class);
        Groups groups = Groups.get(kit.system());
        page = Systems.background(groups).docGroup();
        other = Systems.foreground(groups).docGroup();
    }

    @Test
    void watcher_isToldInItsOwnGroup_onceEach() {
        ActorRef<Object> watched = diary.spawn(other, "watched", diary.life("watched"));
        diary.expect("watched starts");
        ActorRef<Object> watcher = diary.spawn(page, "watcher", diary.life("watcher", context -> {
            context.watch(watched);
            context.watch(watched);
        }));
        ActorRef<Object> messenger = diary.spawn(page, "messenger", diary.life("messenger", context -> {
            context.watchWith(watched, "its end");
        }));
        ActorRef<Object> unwatcher = diary.spawn(page, "unwatcher", diary.life("unwatcher", context -> {
            context.watch(watched);
            context.unwatch(watched);
        }));
        diary.skip(3);
        Gate gate = systems.occupy(page.tabGroup());
        watched.tell("stop");
        probe.expectTerminated(watched, Duration.ofSeconds(5));
        diary.expect("watched stops");
        gate.open();
        diary.expectInAnyOrder("watcher sees the end of watched", "messenger gets its end as number 1");
        Diary.tell(watcher, context -> context.watch(watched));
        diary.expect("watcher sees the end of watched");
        // Nothing else has come meanwhile.
        List.of(watcher, messenger, unwatcher).forEach(actor -> actor.tell("more"));
        diary.expectInAnyOrder(
                "watcher gets more as number 1", "messenger gets more as number 2", "unwatcher gets more as number 1");
    }

    @Test
    void deathPact_stopsTheWatcher_orRestartsIt() {
        ActorRef<Object> watched = diary.spawn(other, "watched", diary.life("watched"));
        Behavior<Object> pact = Behaviors.setup(context -> {
            diary.note("pact starts");
            context.watch(watched);
            return Behaviors.receive(Object.class)
                    .onSignal(PostStop.class, signal -> diary.note("pact stops"))
                    .build();
        });
        diary.expect("watched starts");
        ActorRef<Object> watcher = diary.spawn(page, "pact", pact);
        diary.expect("pact starts");
        watched.tell("stop");
        probe.expectTerminated(watcher, Duration.ofSeconds(5));
        diary.expect("watched stops", "pact stops");
        SupervisorStrategy once = SupervisorStrategy.restart().withLimit(1, Duration.ofHours(1));
        ActorRef<Object> restarted =
                diary.spawn(page, "again", Behaviors.supervise(pact).onFailure(once));
        probe.expectTerminated(restarted, Duration.ofSeconds(5));
        diary.expect("pact starts", "pact starts", "pact stops");
    }

    @Test
    void childOfAnotherGroup_reportsToItsParentsGroup() {
        ActorRef<Object> parent = diary.spawn(page, "parent", diary.life("parent", diary.child(other, "child")));
        diary.skip(2);
        Diary.tell(parent, context -> context.watch(Diary.childOf(context, "child")));
        Diary.tell(parent, context -> Diary.childOf(context, "child").tell("fail"));
        diary.expect("child stops", "parent sees child fail: as told");
        Diary.tell(parent, diary.child(other, "child"));
        diary.expect("child starts");
        Diary.tell(parent, context -> context.watch(Diary.childOf(context, "child")));
        Diary.tell(parent, context -> context.stop(Diary.childOf(context, "child")));
        diary.expect("child stops", "parent sees the end of child");
    }

    @Test
    void parentThatStops_waitsForItsChildren_inWhateverGroups() {
        ActorRef<Object> parent = diary.spawn(page, "parent", diary.life("parent", diary.child(other, "child")));
        Diary.tell(parent, diary.child(page, "near"));
        Diary.tell(parent, context -> context.spawn(diary.life("plain"), "plain"));
        diary.skip(4);
        Gate gate = systems.occupy(other);
        parent.tell("stop");
        diary.await(2);
        assertThat(diary.events()).containsExactlyInAnyOrder("near stops", "plain stops");
        gate.open();
        probe.expectTerminated(parent, Duration.ofSeconds(5));
        assertThat(diary.events().subList(2, 4)).containsExactly("child stops", "parent stops");
        diary.turns.assertFaultless();
    }
}
