package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promises G2 and G6 for suspended groups: what is queued stays, in order, and holds up nobody. */
final class SuspensionTest {
    @RegisterExtension
    final Systems systems = new Systems();

    @Test
    void suspendFromInside_takesEffectBeforeTheNextTask_andResumeKeepsTheOrder() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        List<Integer> order = new CopyOnWriteArrayList<>();
        Gate gate = systems.occupy(group);
        group.dispatch("suspend", TaskCategory.OTHER, group::suspend);
        IntStream.range(0, 100).forEach(i -> group.dispatch("task", TaskCategory.OTHER, () -> order.add(i)));
        gate.open();
        Systems.await("suspended", group::isSuspended);
        runElsewhere(groups);
        assertThat(order).isEmpty();
        assertThat(groups.snapshot())
                .filteredOn(seen -> seen.group() == group)
                .allMatch(GroupSnapshot::suspended)
                .allMatch(seen -> seen.category(TaskCategory.OTHER).queued() == 100);
        group.resume();
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void suspendFromInsideAMessage_takesEffectBeforeTheNextMessage() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        Behavior<Integer> behavior = Behaviors.receiveMessage(number -> {
            handled.add(number);
            if (number == 3) {
                group.suspend();
            }
            return Behaviors.same();
        });
        ActorRef<Integer> actor = Systems.spawn(group, behavior, "numbers");
        Gate gate = systems.occupy(group);
        IntStream.range(0, 10).forEach(actor::tell);
        gate.open();
        Systems.await("suspended", group::isSuspended);
        runElsewhere(groups);
        assertThat(handled).containsExactly(0, 1, 2, 3);
        group.resume();
        Systems.await("the rest", () -> handled.size() == 10);
    }

    @Test
    void suspendedTabGroup_suspendsItsDocuments_andHoldsUpNobody() {
        Groups groups = systems.groups(2);
        Tab tab = groups.openTab();
        DocGroup documents = tab.openDocument(Site.of("x")).docGroup();
        CountDownLatch below = new CountDownLatch(1);
        CountDownLatch root = new CountDownLatch(1);
        tab.tabGroup().suspend();
        documents.dispatch("below", TaskCategory.OTHER, below::countDown);
        groups.root().dispatch("root", TaskCategory.OTHER, root::countDown);
        Systems.await(root);
        assertThat(below.getCount()).isEqualTo(1);
        tab.tabGroup().resume();
        Systems.await(below);
    }

    @Test
    void visibilityChangedWhileSuspended_appliesWhenResumed() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        DocGroup suspended = tab.openDocument(Site.of("x")).docGroup();
        List<String> order = new CopyOnWriteArrayList<>();
        suspended.suspend();
        suspended.dispatch("urgent", TaskCategory.OTHER, () -> order.add("urgent"));
        tab.setVisible(true);
        Gate gate = systems.occupy(Systems.foreground(groups).docGroup());
        for (int i = 0; i < 3; i++) {
            Systems.background(groups).dispatch("background", TaskCategory.OTHER, () -> order.add("background"));
        }
        suspended.resume();
        gate.open();
        Systems.await("all", () -> order.size() == 4);
        assertThat(order).startsWith("urgent");
    }

    @Test
    void groupThatIsClosed_isSuspendedNoLonger() {
        Groups groups = systems.groups(2);
        Document document = Systems.background(groups);
        CountDownLatch done = new CountDownLatch(1);
        document.docGroup().suspend();
        document.dispatch("queued", TaskCategory.OTHER, done::countDown);
        document.close();
        Systems.await(done);
        document.docGroup().suspend();
        assertThat(document.docGroup().isSuspended()).isFalse();
    }

    @Test
    void twoSuspensions_areOne_andTheRootGroupHasNone() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        group.suspend();
        group.suspend();
        group.resume();
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThatThrownBy(() -> groups.root().suspend())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("root group");
    }

    private static void runElsewhere(Groups groups) {
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
    }
}
