package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of tabs and documents, and of their groups (promises G1 and G6 at the end of a group). */
final class TabsAndDocumentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension
    final Systems systems = new Systems();

    private static Behavior<String> recorder(TestProbe<String> probe) {
        return Behaviors.receiveMessage(message -> {
            probe.ref().tell(message);
            return Behaviors.same();
        });
    }

    private static void assertRejects(SchedulerGroup group) {
        assertThatThrownBy(() -> group.dispatch("late", TaskCategory.TIMER, () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("late", "TIMER", group.name());
    }

    @Test
    void documents_shareAGroupPerSiteAndTabGroup() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        Tab opened = groups.openTab(tab);
        Tab unrelated = groups.openTab();
        DocGroup group = tab.openDocument("https://www.example.org/a").docGroup();
        assertThat(opened.tabGroup()).isSameAs(tab.tabGroup());
        assertThat(unrelated.tabGroup()).isNotSameAs(tab.tabGroup());
        assertThat(tab.openDocument("https://mail.example.org/b").docGroup()).isSameAs(group);
        assertThat(opened.openDocument("https://example.org/").docGroup()).isSameAs(group);
        assertThat(tab.openDocument("https://example.com/").docGroup()).isNotSameAs(group);
        assertThat(unrelated.openDocument("https://www.example.org/a").docGroup())
                .isNotSameAs(group);
        assertThat(group.tabGroup()).isSameAs(tab.tabGroup());
        assertThat(group.site()).isEqualTo(Site.ofUrl("https://example.org/"));
    }

    @Test
    void relation_followsTheTree() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        Tab other = groups.openTab();
        DocGroup page = tab.openDocument("https://example.org/").docGroup();
        DocGroup frame = tab.openDocument("https://example.com/").docGroup();
        DocGroup elsewhere = other.openDocument("https://example.org/").docGroup();
        List<SchedulerGroup> related = List.of(groups.root(), tab.tabGroup(), page);
        List<SchedulerGroup> unrelated = List.of(frame, elsewhere, other.tabGroup());
        assertThat(related).allMatch(page::isRelatedTo).allMatch(group -> group.isRelatedTo(page));
        assertThat(unrelated).noneMatch(page::isRelatedTo).noneMatch(group -> group.isRelatedTo(page));
        assertThat(tab.tabGroup().isRelatedTo(other.tabGroup())).isFalse();
        assertThat(tab.tabGroup().isRelatedTo(frame)).isTrue();
    }

    @Test
    void lastDocument_endsItsGroup() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        Document first = tab.openDocument("https://example.org/");
        Document second = tab.openDocument("https://example.org/");
        first.close();
        first.close();
        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isTrue();
        Systems.runThrough(first.docGroup(), TaskCategory.UI);
        second.close();
        assertRejects(second.docGroup());
        Systems.runThrough(tab.tabGroup(), TaskCategory.UI);
    }

    @Test
    void lastTab_endsItsGroup_withAllDocuments() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        Tab opened = groups.openTab(tab);
        Document page = tab.openDocument("https://example.org/");
        Document other = opened.openDocument("https://example.com/");
        tab.close();
        tab.close();
        assertThat(tab.isOpen() || page.isOpen()).isFalse();
        assertRejects(page.docGroup());
        Systems.runThrough(other.docGroup(), TaskCategory.UI);
        Systems.runThrough(tab.tabGroup(), TaskCategory.UI);
        opened.close();
        assertRejects(other.docGroup());
        assertRejects(tab.tabGroup());
        Systems.runThrough(groups.root(), TaskCategory.UI);
    }

    @Test
    void closedTab_refusesEverything() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        Document page = tab.openDocument("https://example.org/");
        tab.close();
        assertThatIllegalStateException().isThrownBy(() -> tab.setVisible(true)).withMessageContaining(tab.toString());
        assertThatIllegalStateException().isThrownBy(() -> tab.openDocument("https://example.org/"));
        assertThatIllegalStateException().isThrownBy(() -> groups.openTab(tab));
        assertThatIllegalStateException().isThrownBy(() -> page.navigate("https://example.com/"));
        assertThatIllegalArgumentException().isThrownBy(() -> groups.openTab().openDocument("no url"));
    }

    @Test
    void navigation_movesToTheGroupOfTheNewSite() {
        Groups groups = systems.groups(1);
        Tab tab = groups.openTab();
        Document first = tab.openDocument("https://example.org/a");
        Document second = first.navigate("https://www.example.org/b");
        assertThat(second.docGroup()).isSameAs(first.docGroup());
        assertThat(first.isOpen()).isFalse();
        Systems.runThrough(second.docGroup(), TaskCategory.UI);
        Document third = second.navigate("https://example.com/");
        assertThat(third.docGroup()).isNotSameAs(second.docGroup());
        assertThat(third.tab()).isSameAs(tab);
        assertRejects(second.docGroup());
        Systems.runThrough(third.docGroup(), TaskCategory.UI);
        assertThatIllegalStateException().isThrownBy(() -> first.navigate("https://example.com/"));
    }

    @Test
    void closedGroup_runsWhatWasQueued_thenStopsItsActorsAfterTheirMessages() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        Tab tab = groups.openTab();
        Document page = tab.openDocument("https://example.org/");
        ActorRef<String> member = Systems.spawn(page.docGroup(), recorder(probe), "member");
        ActorRef<String> guest = kit.spawn(recorder(probe), page.docGroup().props(TaskCategory.NETWORK));
        TestProbe<ActorRef<String>> children = kit.createTestProbe();
        kit.spawn(Behaviors.<String>setup(context -> {
            children.ref()
                    .tell(context.spawn(
                            recorder(probe), "child", page.docGroup().props(TaskCategory.WORKER)));
            return Behaviors.empty();
        }));
        ActorRef<String> child = children.receiveMessage();
        Gate gate = systems.occupy(page.docGroup());
        page.dispatch("task", TaskCategory.IDLE_CALLBACK, () -> probe.ref().tell("task"));
        List.of(member, guest, child).forEach(actor -> actor.tell("message"));
        tab.close();
        assertRejects(page.docGroup());
        gate.open();
        for (int i = 0; i < 3; i++) {
            probe.expectMessage("message");
        }
        probe.expectMessage("task");
        probe.expectTerminated(member, PATIENCE);
        probe.expectTerminated(guest, PATIENCE);
        probe.expectTerminated(child, PATIENCE);
    }

    @Test
    void queuedTaskOfClosedGroup_canStillTellItsActors() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        Document page = Systems.background(groups);
        ActorRef<String> member = Systems.spawn(page.docGroup(), recorder(probe), "member");
        Gate gate = systems.occupy(page.docGroup());
        page.dispatch("task", TaskCategory.OTHER, () -> member.tell("last"));
        page.close();
        gate.open();
        probe.expectMessage("last");
        probe.expectTerminated(member, PATIENCE);
    }

    @Test
    void spawnIntoClosedGroup_isRejected() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        Gate gate = systems.occupy(page.docGroup());
        page.close();
        assertThatThrownBy(() -> page.docGroup()
                        .spawn(Behaviors.<String>ignore(), "late", TaskCategory.UI)
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("late", page.docGroup().name());
        gate.open();
    }

    @Test
    void spawnIntoGroupWhoseActorsAreStopping_isRejected() {
        ActorTestKit kit = systems.start(1);
        Document page = Systems.background(Groups.get(kit.system()));
        Gate gate = systems.gate();
        ActorRef<String> member = Systems.spawn(
                page.docGroup(),
                Behaviors.receiveMessage(message -> {
                    gate.run();
                    return Behaviors.same();
                }),
                "member");
        member.tell("stay");
        gate.awaitEntered();
        page.close();
        // The supervisor handles its messages in order, so it has begun to stop its actors when this one is handled.
        assertThatThrownBy(() -> page.docGroup()
                        .spawn(Behaviors.<String>ignore(), "late", TaskCategory.UI)
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(RejectedExecutionException.class);
        gate.open();
    }

    @Test
    void siteReopenedWhileItsOldGroupDrains_keepsIsolation() {
        Groups groups = systems.groups(2);
        Document unrelated = Systems.background(groups);
        Tab tab = groups.openTab();
        Document old = tab.openDocument("https://example.org/");
        Gate gate = systems.occupy(old.docGroup());
        List<String> order = new ArrayList<>();
        old.dispatch("old", TaskCategory.OTHER, () -> order.add("old"));
        old.close();
        Document reopened = tab.openDocument("https://example.org/");
        assertThat(reopened.docGroup()).isNotSameAs(old.docGroup());
        assertThat(reopened.docGroup().isRelatedTo(old.docGroup())).isTrue();
        reopened.dispatch("new", TaskCategory.OTHER, () -> order.add("new"));
        for (int i = 0; i < 50; i++) {
            Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
        }
        assertRejects(old.docGroup());
        assertThat(order).isEmpty();
        gate.open();
        Systems.runThrough(reopened.docGroup(), TaskCategory.OTHER);
        assertThat(order).containsExactly("old", "new");
    }

    @Test
    void siteReopenedAgainAndAgain_neverOverlapsItself() {
        Groups groups = systems.groups(2);
        Tab tab = groups.openTab();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        Runnable turn = () -> {
            overlaps.addAndGet(inside.incrementAndGet() - 1);
            Systems.spin(3_000);
            inside.decrementAndGet();
            ran.incrementAndGet();
        };
        int rounds = Systems.rounds(500, 20_000);
        for (int i = 0; i < rounds; i++) {
            Document page = tab.openDocument("https://example.org/");
            page.dispatch("turn", TaskCategory.OTHER, turn);
            page.docGroup()
                    .spawn(
                            Behaviors.<String>setup(context -> {
                                turn.run();
                                return Behaviors.<String>ignore();
                            }),
                            "actor",
                            TaskCategory.UI)
                    .whenComplete((actor, failure) -> ran.addAndGet(failure == null ? 0 : 1));
            page.close();
        }
        Systems.await("all turns", () -> ran.get() == 2 * rounds);
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void handles_areUsableAtOnce_fromAnyThread() {
        Groups groups = systems.groups(2);
        int count = 200;
        CountDownLatch ran = new CountDownLatch(4 * 2 * count);
        Runnable opener = () -> {
            for (int i = 0; i < count; i++) {
                Document page = Systems.background(groups);
                page.dispatch("at once", TaskCategory.UI, ran::countDown);
                page.docGroup()
                        .spawn(
                                Behaviors.<String>setup(context -> {
                                    ran.countDown();
                                    return Behaviors.<String>ignore();
                                }),
                                "actor",
                                TaskCategory.UI);
            }
        };
        Systems.inParallel(opener, opener, opener, opener);
        Systems.await(ran);
    }

    @Test
    void thousandTabs_leaveNothingBehind() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        List<WeakReference<?>> handles = new ArrayList<>();
        AtomicInteger ran = new AtomicInteger();
        openAndClose(groups, handles, ran);
        Systems.await("all tasks", () -> ran.get() == 2_000);
        Systems.await("end of all supervisors", () -> supervisors(kit).equals(Set.of("root")));
        Systems.await("garbage", () -> {
            System.gc();
            return handles.stream().filter(handle -> handle.get() != null).count() < 20;
        });
    }

    private static void openAndClose(Groups groups, List<WeakReference<?>> handles, AtomicInteger ran) {
        for (int i = 0; i < 1_000; i++) {
            Tab tab = groups.openTab();
            Document page = tab.openDocument("https://example" + i + ".org/");
            page.dispatch("task", TaskCategory.UI, ran::incrementAndGet);
            tab.tabGroup().dispatch("task", TaskCategory.TIMER, ran::incrementAndGet);
            page.docGroup().spawn(Behaviors.<String>ignore(), "actor", TaskCategory.WORKER);
            handles.add(new WeakReference<>(tab));
            handles.add(new WeakReference<>(tab.tabGroup()));
            handles.add(new WeakReference<>(page.docGroup()));
            if (i % 2 == 0) {
                page.close();
            }
            tab.close();
        }
    }

    /** The names of the actors right below the library's guardian; that of the root group is always among them. */
    private static Set<String> supervisors(ActorTestKit kit) {
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountDownLatch root = new CountDownLatch(1);
        ActorRef<ActorIdentity> collector = kit.spawn(Behaviors.receiveMessage(identity -> {
            identity.getActorRef().ifPresent(actor -> names.add(actor.path().name()));
            if (names.contains("root")) {
                root.countDown();
            }
            return Behaviors.same();
        }));
        Adapter.toClassic(kit.system())
                .actorSelection("/system/peili/*")
                .tell(new Identify("who"), Adapter.toClassic(collector));
        Systems.await(root);
        return names;
    }

    @Test
    void closingFromWithinATurn_letsTheTurnEnd() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        AtomicBoolean rejected = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        page.dispatch("closer", TaskCategory.OTHER, () -> {
            page.tab().close();
            try {
                page.dispatch("late", TaskCategory.OTHER, () -> {});
            } catch (RejectedExecutionException e) {
                rejected.set(true);
            }
            done.countDown();
        });
        Systems.await(done);
        assertThat(rejected).isTrue();
    }
}
