package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G7: what a group and its actors do about failures is a setting, and so is what becomes of the queued work. */
final class SupervisionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Systems systems = new Systems();

    private final AtomicInteger runs = new AtomicInteger();

    // --- Tasks ------------------------------------------------------------------------------------------------------

    @Test
    void restartWithBackoff_suspendsTheGroup_andKeepsWhatIsQueued() {
        ActorTestKit kit = systems.start(ManualTime.config().withFallback(Systems.config("permits = 2")));
        ManualTime time = ManualTime.get(kit.system());
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        group.superviseTasks(TaskSupervision.restartWithBackoff(SECOND, SECOND.multipliedBy(10), 0));
        List<Integer> order = new CopyOnWriteArrayList<>();
        fail(group);
        Systems.await("suspended", () -> snapshot(groups, group).suspended());
        for (int i = 0; i < 100; i++) {
            int number = i;
            group.dispatch("queued", TaskCategory.OTHER, () -> order.add(number));
        }
        time.timePasses(Duration.ofMillis(900));
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
        assertThat(order).isEmpty();
        assertThat(group.isSuspended()).as("by its user").isFalse();
        time.timePasses(Duration.ofMillis(200));
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void resumeDuringABackoff_doesNotEndIt_norTheOtherWayRound() {
        ActorTestKit kit = systems.start(ManualTime.config().withFallback(Systems.config("permits = 2")));
        ManualTime time = ManualTime.get(kit.system());
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        group.superviseTasks(TaskSupervision.restartWithBackoff(SECOND, SECOND, 0));
        fail(group);
        Systems.await("suspended", () -> snapshot(groups, group).suspended());
        group.suspend();
        group.resume();
        assertThat(snapshot(groups, group).suspended()).isTrue();
        group.suspend();
        time.timePasses(SECOND.multipliedBy(2));
        assertThat(snapshot(groups, group).suspended()).isTrue();
        group.resume();
        Systems.runThrough(group, TaskCategory.OTHER);
    }

    @Test
    void stop_dropsWhatIsQueued_stopsTheActors_andRejectsWhatFollows() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        Document document = Systems.background(groups);
        DocGroup group = document.docGroup();
        TestProbe<DeadLetter> dead = kit.createTestProbe(DeadLetter.class);
        Adapter.toClassic(kit.system()).eventStream().subscribe(Adapter.toClassic(dead.getRef()), DeadLetter.class);
        TestProbe<Object> watcher = kit.createTestProbe();
        ActorRef<String> member = Systems.spawn(group, Behaviors.ignore(), "member");
        ActorRef<String> guest = kit.spawn(Behaviors.ignore(), "guest", group.props(TaskCategory.OTHER));
        group.superviseTasks(TaskSupervision.stop());
        Gate gate = systems.occupy(group);
        fail(group);
        group.dispatch("queued", TaskCategory.OTHER, runs::incrementAndGet);
        gate.open();
        assertThat(dead.receiveMessage().message()).isEqualTo(new DroppedTask("queued", TaskCategory.OTHER, group));
        watcher.expectTerminated(member);
        watcher.expectTerminated(guest);
        assertThat(runs).hasValue(0);
        assertThat(group.isOpen()).isFalse();
        assertThatThrownBy(() -> group.dispatch("late", TaskCategory.OTHER, runs::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("'late'", group.name());
        Systems.await("end", () -> groups.snapshot().stream().noneMatch(seen -> seen.group() == group));
        // The document is open still; another of its site gets a group that works.
        DocGroup next = document.tab().openDocument(group.site()).docGroup();
        assertThat(next).isNotSameAs(group);
        Systems.runThrough(next, TaskCategory.OTHER);
        document.close();
        Systems.runThrough(next, TaskCategory.OTHER);
    }

    @Test
    void stopOfATabGroup_stopsItsDocumentsToo() {
        Groups groups = systems.groups(2);
        Tab tab = groups.openTab();
        DocGroup below = tab.openDocument(Site.of("x")).docGroup();
        tab.tabGroup().superviseTasks(TaskSupervision.stop());
        fail(tab.tabGroup());
        Systems.await("end of both", () -> groups.snapshot().size() == 1);
        assertThat(below.isOpen()).isFalse();
        DocGroup late = tab.openDocument(Site.of("y")).docGroup();
        Systems.await("end of what came later", () -> !late.isOpen());
        tab.close();
    }

    @Test
    void tooManyRestarts_areAStop() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        group.superviseTasks(TaskSupervision.restart().withMaxRestarts(2).withResetAfter(SECOND.multipliedBy(100)));
        for (int i = 0; i < 3; i++) {
            assertThat(group.isOpen()).isTrue();
            fail(group);
            int failures = i + 1;
            Systems.await("failure", () -> group.failedTasks() == failures);
        }
        Systems.await("stop", () -> !group.isOpen());
    }

    @Test
    void rootGroup_canOnlyGoOn() {
        Groups groups = systems.groups(1);
        groups.root().superviseTasks(TaskSupervision.restart());
        for (TaskSupervision strategy : List.of(
                TaskSupervision.stop(),
                TaskSupervision.restart().withMaxRestarts(1),
                TaskSupervision.restartWithBackoff(SECOND, SECOND, 0))) {
            assertThatThrownBy(() -> groups.root().superviseTasks(strategy))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("root group");
        }
    }

    // --- Actors -----------------------------------------------------------------------------------------------------

    @Test
    void actor_stopsByDefault_andIsCounted() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        ActorRef<String> actor = Systems.spawn(group, failing(), "fragile");
        actor.tell("fail");
        Systems.await(
                "failure",
                () -> snapshot(groups, group).category(TaskCategory.OTHER).failures() == 1);
    }

    @Test
    void actorThatRestarts_keepsItsMailbox_andHasAFreshState() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        group.superviseActors(SupervisorStrategy.restart());
        ActorRef<String> actor = Systems.spawn(group, failing(), "restarting");
        Gate gate = systems.occupy(group);
        List.of("a", "fail", "b").forEach(actor::tell);
        gate.open();
        Systems.await("both messages", () -> runs.get() == 2);
        assertThat(states).containsExactly("[a]", "[b]");
    }

    @Test
    void actorThatResumes_keepsItsState() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        group.superviseActors(SupervisorStrategy.resume());
        ActorRef<String> actor = Systems.spawn(group, failing(), "resuming");
        List.of("a", "fail", "b").forEach(actor::tell);
        Systems.await("both messages", () -> runs.get() == 2);
        assertThat(states).containsExactly("[a]", "[a, b]");
    }

    // --- Configuration ----------------------------------------------------------------------------------------------

    @Test
    void defaults_areInTheConfiguration() {
        Groups groups = Groups.get(systems.start(Systems.config("permits = 1")
                        .withValue("peili.groups.supervision.tasks", ConfigValueFactory.fromAnyRef("stop"))
                        .withValue("peili.groups.supervision.actors", ConfigValueFactory.fromAnyRef("resume")))
                .system());
        DocGroup group = Systems.background(groups).docGroup();
        ActorRef<String> actor = Systems.spawn(group, failing(), "resuming");
        List.of("a", "fail", "b").forEach(actor::tell);
        Systems.await("both messages", () -> runs.get() == 2);
        fail(group);
        Systems.await("stop", () -> !group.isOpen());
        fail(groups.root());
        CountDownLatch goesOn = new CountDownLatch(1);
        groups.root().dispatch("goes on", TaskCategory.OTHER, goesOn::countDown);
        Systems.await(goesOn);
    }

    @Test
    void wrongValues_failWithTheKey() {
        for (String[] wrong : new String[][] {
            {"supervision.tasks", "\"ignore\"", "resume, restart or stop"},
            {"supervision.actors", "\"escalate\"", "resume, restart or stop"},
            {"lane-capacity", "0", "at least 1"},
        }) {
            ActorTestKit kit = systems.start(ConfigFactory.parseString("peili.groups." + wrong[0] + " = " + wrong[1])
                    .withFallback(Systems.config("permits = 1")));
            assertThatThrownBy(() -> Groups.get(kit.system()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("peili.groups." + wrong[0], wrong[2]);
        }
    }

    private final List<String> states = new CopyOnWriteArrayList<>();

    private Behavior<String> failing() {
        return Behaviors.setup(context -> {
            List<String> seen = new CopyOnWriteArrayList<>();
            return Behaviors.receiveMessage(message -> {
                if (message.equals("fail")) {
                    throw new IllegalStateException("on purpose");
                }
                seen.add(message);
                states.add(seen.toString());
                runs.incrementAndGet();
                return Behaviors.same();
            });
        });
    }

    private static void fail(SchedulerGroup group) {
        group.dispatch("fails", TaskCategory.OTHER, () -> {
            throw new IllegalStateException("on purpose");
        });
    }

    private static GroupSnapshot snapshot(Groups groups, SchedulerGroup group) {
        return groups.snapshot().stream()
                .filter(seen -> seen.group() == group)
                .findFirst()
                .orElseThrow();
    }
}
