package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Diary.Deed;
import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Supervision of actors in groups: what Pekko says, in turns of the group. */
final class SupervisionInGroupsTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final Diary diary = new Diary();
    private ActorTestKit kit;
    private TestProbe<Object> probe;
    private DocGroup page;
    private DocGroup other;

    @BeforeEach
    void start() {
        use(systems.start(2));
    }

    private void use(ActorTestKit started) {
        kit = started;
        probe = kit.createTestProbe(Object.class);
        Groups groups = Groups.get(kit.system());
        page = Systems.background(groups).docGroup();
        other = Systems.foreground(groups).docGroup();
    }

    private ActorRef<Object> spawnSupervised(SupervisorStrategy strategy, Deed atStart) {
        return diary.spawn(
                page,
                "actor",
                Behaviors.supervise(diary.life("actor", atStart)).onFailure(IllegalStateException.class, strategy));
    }

    @Test
    void resume_keepsTheState() {
        ActorRef<Object> actor = spawnSupervised(SupervisorStrategy.resume(), context -> {});
        actor.tell("a");
        actor.tell("fail");
        actor.tell("b");
        diary.expect("actor starts", "actor gets a as number 1", "actor gets b as number 2");
    }

    @Test
    void stop_isToldToTheActor() {
        ActorRef<Object> actor = spawnSupervised(SupervisorStrategy.stop(), context -> {});
        actor.tell("fail");
        probe.expectTerminated(actor, Duration.ofSeconds(5));
        diary.expect("actor starts", "actor stops");
    }

    @Test
    void restart_beginsAnew_untilItsLimit() {
        ActorRef<Object> actor =
                spawnSupervised(SupervisorStrategy.restart().withLimit(2, Duration.ofHours(1)), context -> {});
        List.of("a", "fail", "b", "fail", "c", "fail").forEach(actor::tell);
        probe.expectTerminated(actor, Duration.ofSeconds(5));
        diary.expect(
                "actor starts",
                "actor gets a as number 1",
                "actor restarts",
                "actor starts",
                "actor gets b as number 1",
                "actor restarts",
                "actor starts",
                "actor gets c as number 1",
                "actor stops");
    }

    @Test
    void restart_waitsForItsChildren_meanwhileMessagesWait() {
        Gate gate = systems.gate();
        ActorRef<Object> actor = spawnSupervised(SupervisorStrategy.restart(), diary.child(other, "child"));
        diary.skip(2);
        // Or the gate, which is more urgent, may run on top of the turn in which the actor starts.
        Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
        other.dispatch("gate", TaskCategory.UI, gate);
        gate.awaitEntered();
        List.of("a", "fail", "b", "c").forEach(actor::tell);
        diary.expect("actor gets a as number 1", "actor restarts");
        Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
        assertThat(diary.events()).isEmpty();
        gate.open();
        diary.await(5);
        assertThat(diary.events()).startsWith("child stops", "actor starts").contains("child starts");
        assertThat(diary.events()).containsSubsequence("actor gets b as number 1", "actor gets c as number 2");
        diary.turns.assertFaultless();
    }

    @Test
    void restart_canKeepItsChildren() {
        ActorRef<Object> actor = spawnSupervised(SupervisorStrategy.restart().withStopChildren(false), context -> {
            if (context.getChildren().isEmpty()) {
                diary.child(other, "child").accept(context);
            }
        });
        Deed tellChild = context -> Diary.childOf(context, "child").tell("a");
        Diary.tell(actor, tellChild);
        diary.await(3);
        assertThat(diary.events()).contains("child gets a as number 1");
        diary.events().clear();
        List.of("fail", tellChild).forEach(actor::tell);
        diary.expect("actor restarts", "actor starts", "child gets a as number 2");
    }

    @Test
    void backOff_keepsMessages_andEndsInTheGroup() {
        use(systems.startWithManualTime(2));
        Duration second = Duration.ofSeconds(1);
        ActorRef<Object> actor = spawnSupervised(
                SupervisorStrategy.restartWithBackoff(second, second.multipliedBy(4), 0), context -> {});
        List.of("fail", "a", "b").forEach(actor::tell);
        diary.expect("actor starts", "actor restarts");
        // Longer each time.
        for (int i = 0; i < 2; i++) {
            Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
            Gate gate = systems.occupy(page);
            ManualTime.get(kit.system()).timePasses(second.multipliedBy(i + 1));
            actor.tell("c");
            assertThat(diary.events()).isEmpty();
            gate.open();
            diary.expect(
                    "actor starts", "actor gets a as number 1", "actor gets b as number 2", "actor gets c as number 3");
            List.of("fail", "a", "b").forEach(actor::tell);
            diary.expect("actor restarts");
            Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
            ManualTime.get(kit.system()).timePasses(second.multipliedBy(i + 1));
            assertThat(diary.events()).isEmpty();
        }
    }

    @Test
    void failedAdaption_isASignalInTheGroup() {
        ActorRef<Object> actor = diary.spawn(page, "actor", diary.life("actor"));
        Diary.tell(actor, context -> {
            ActorRef<Integer> adapter = context.messageAdapter(
                    Integer.class,
                    number -> diary.turns.turn(page, "adaption", () -> {
                        if (number < 0) {
                            throw new IllegalStateException("negative");
                        }
                        return "number " + number;
                    }));
            List.of(1, -1, 2).forEach(adapter::tell);
        });
        diary.expect(
                "actor starts",
                "actor gets number 1 as number 1",
                "actor sees an adaption fail: negative",
                "actor gets number 2 as number 2");
    }
}
