package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G8: state bound to a group, touched outside of its turns, throws at once and names both groups. */
final class GroupLocalTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private Groups groups;
    private DocGroup group;
    private GroupLocal<List<String>> local;

    @BeforeEach
    void open() {
        groups = systems.groups(2);
        group = Systems.background(groups).docGroup();
        local = GroupLocal.withInitial(group, ArrayList::new);
    }

    @Test
    void turnsOfTheGroup_ofThoseAbove_andOfTasksThatAffectIt_mayTouchIt() {
        DocGroup other = Systems.background(groups).docGroup();
        for (SchedulerGroup by : List.of(group, group.tabGroup(), groups.root())) {
            in(by, () -> local.get().add(by.name()));
        }
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        groups.dispatch(List.of(other, group), "both", TaskCategory.OTHER, () -> seen.complete(local.get()));
        assertThat(Systems.get(seen))
                .containsExactly(
                        group.name(), group.tabGroup().name(), groups.root().name());
    }

    @Test
    void actorsOfTheGroup_mayTouchIt() {
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        Behavior<String> behavior = Behaviors.receiveMessage(message -> {
            local.get().add(message);
            seen.complete(local.get());
            return Behaviors.same();
        });
        ActorRef<String> actor = Systems.spawn(group, behavior, "toucher");
        actor.tell("x");
        assertThat(Systems.get(seen)).containsExactly("x");
    }

    @Test
    void everybodyElse_isToldWhatIsWrong() {
        DocGroup foreign = Systems.background(groups).docGroup();

        assertThat(failure(() -> in(foreign, local::get)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(group.name(), foreign.name(), "dispatch a task to " + group.name());
        GroupLocal<String> ofTab = GroupLocal.withInitial(group.tabGroup(), () -> "tab");
        assertThat(failure(() -> in(group, ofTab::get)))
                .hasMessageContainingAll(group.tabGroup().name(), group.name());
        assertThatThrownBy(local::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        group.name(), "outside", Thread.currentThread().getName());
        assertThatThrownBy(() -> local.set(List.of())).isInstanceOf(IllegalStateException.class);
        CompletableFuture<Void> loose = CompletableFuture.runAsync(local::get, systems.loose());
        assertThat(failure(() -> loose.join())).hasMessageContainingAll(group.name(), "outside");
    }

    @Test
    void turnOnTopOfItsTurn_mayNotTouchIt() {
        Groups one = systems.groups(1);
        DocGroup background = Systems.background(one).docGroup();
        DocGroup urgent = Systems.foreground(one).docGroup();
        GroupLocal<String> state = GroupLocal.withInitial(background, () -> "background");
        CompletableFuture<Object> onTop = new CompletableFuture<>();
        in(background, () -> {
            state.get();
            urgent.dispatch("on top", TaskCategory.UI, () -> onTop.complete(failure(state::get)));
            while (!onTop.isDone()) {
                Turn.checkpoint();
            }
            state.get();
        });
        assertThat((Throwable) Systems.get(onTop)).hasMessageContainingAll(background.name(), urgent.name());
    }

    @Test
    void value_isMadeAtTheFirstTouch_inThatTurn_andOnce() {
        AtomicInteger made = new AtomicInteger();
        GroupLocal<Integer> counter = GroupLocal.withInitial(group, made::incrementAndGet);
        assertThat(made).hasValue(0);
        in(group, counter::get);
        in(group, counter::get);
        assertThat(made).hasValue(1);
        in(group, () -> counter.set(7));
        in(group, () -> assertThat(counter.get()).isEqualTo(7));
        assertThat(counter.group()).isEqualTo(group);
    }

    @Test
    void restart_givesTheInitialValueAgain() {
        group.superviseTasks(TaskSupervision.restart());
        in(group, () -> local.get().add("before"));
        group.dispatch("fails", TaskCategory.OTHER, () -> {
            throw new IllegalStateException("on purpose");
        });
        in(group, () -> assertThat(local.get()).isEmpty());
    }

    /** Runs it in a turn, and throws what it throws. */
    private static void in(SchedulerGroup group, Runnable action) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(action, group.eventTargetFor(TaskCategory.OTHER));
        Systems.get(done);
    }

    private static Throwable failure(Runnable action) {
        try {
            action.run();
            throw new AssertionError("it did not fail");
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause;
        }
    }
}
