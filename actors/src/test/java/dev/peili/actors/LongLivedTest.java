package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A system that opens and closes groups for a very long time: nothing of them is left, wherever it could be. */
final class LongLivedTest {
    /** How many actors there may be that belong to groups which have not quite ended. */
    private static final int BACKLOG = 200;

    /** How many bytes may be more, for whatever Pekko and the JDK are about to do: less than one object for each tab. */
    private static final long BYTES = 200_000;

    private static final TaskCategory[] CATEGORIES = TaskCategory.values();

    @RegisterExtension
    final Systems systems = new Systems();

    @Test
    void groupsThatHaveEnded_leaveNothingBehind() {
        long seed = Systems.seed();
        Life life = new Life(systems.start(2, "hand-over-after = 0"), new Random(seed));
        life.openAndClose(3_000);
        String actors = life.actors();
        long threads = life.threads();
        Heap before = Heap.withoutGarbage();
        int count = Systems.rounds(20_000, 1_000_000);
        life.openAndClose(count);
        Heap after = life.quietHeap(before);
        System.out.printf(
                "%,d tabs left %,d bytes beside %,d, and more of %s; %,d pauses, seed %d%n",
                count,
                after.bytes() - before.bytes(),
                before.bytes(),
                after.moreThan(before),
                life.groups.pauses(),
                seed);
        assertThat(after.moreThan(before)).as("seed %d", seed).isEmpty();
        assertThat(after.bytes() - before.bytes()).as("bytes, seed %d", seed).isLessThan(BYTES);
        assertThat(life.actors()).isEqualTo(actors);
        assertThat(life.threads()).isLessThanOrEqualTo(threads);
    }

    private static final class Life {
        final ActorTestKit kit;
        final Groups groups;
        final Random random;
        /** Is open all the time. */
        final Tab lasting;
        /** Has guests in groups as its children. */
        final ActorRef<Props> host;

        final AtomicInteger dispatched = new AtomicInteger();
        final AtomicInteger ran = new AtomicInteger();

        Life(ActorTestKit kit, Random random) {
            this.kit = kit;
            this.groups = Groups.get(kit.system());
            this.random = random;
            this.lasting = groups.openTab();
            this.host = kit.spawn(Behaviors.receive((context, props) -> {
                try {
                    context.spawnAnonymous(Behaviors.ignore(), props);
                } catch (RuntimeException refused) {
                    // The group has ended already, which leaves nothing either.
                    assertThat(refused).hasRootCauseInstanceOf(RejectedExecutionException.class);
                }
                return Behaviors.same();
            }));
            // The root group keeps what it has once needed.
            for (TaskCategory category : CATEGORIES) {
                Systems.runThrough(groups.root(), category);
            }
            Systems.await("supervisors", () -> actors().contains("root") && actors().contains("tabgroup"));
        }

        /** Opens so many tabs, does something in each, and closes them; returns when all has come to its end. */
        void openAndClose(int count) {
            long quiet = actors().lines().count();
            for (int i = 0; i < count; i++) {
                Tab tab = groups.openTab();
                tab.setVisible(random.nextBoolean());
                Document page = tab.openDocument("https://example" + i + ".org/");
                live(tab, page);
                tab.close();
                if (i % 50 == 0) {
                    Systems.await("room", () -> actors().lines().count() < quiet + BACKLOG);
                }
            }
            Systems.await("all tasks", () -> ran.get() == dispatched.get());
            Systems.await("end of all actors", () -> actors().lines().count() == quiet);
        }

        private void live(Tab tab, Document page) {
            dispatch(page.docGroup());
            switch (random.nextInt(20)) {
                case 0 -> page.docGroup().spawn(Behaviors.ignore(), "actor", category());
                case 1 -> host.tell(tab.tabGroup().props(category()));
                case 2 -> dispatch(tab.tabGroup());
                case 3 -> {
                    Tab opened = groups.openTab(tab);
                    dispatch(opened.openDocument("https://frame.example.org").docGroup());
                    opened.close();
                }
                case 4 ->
                    dispatch(page.navigate("https://elsewhere.example.org").docGroup());
                case 5 -> {
                    page.close();
                    dispatch(tab.openDocument(page.docGroup().site()).docGroup());
                }
                case 6 -> {
                    Document visit = lasting.openDocument(Site.of("visit " + dispatched));
                    visit.docGroup().spawn(Behaviors.ignore(), "actor", category());
                    dispatch(visit.docGroup());
                    visit.close();
                }
                case 7 -> dispatch(random.nextInt(20) == 0 ? groups.root() : tab.tabGroup());
                default -> {}
            }
        }

        private void dispatch(SchedulerGroup group) {
            dispatched.incrementAndGet();
            int length = random.nextInt(200) == 0 ? 500 : 0;
            group.dispatch("task", category(), () -> {
                for (int i = 0; i < length; i++) {
                    Systems.spin(1_000);
                    Turn.checkpoint();
                }
                ran.incrementAndGet();
            });
        }

        private TaskCategory category() {
            return CATEGORIES[random.nextInt(CATEGORIES.length)];
        }

        /** The heap, when threads have let go of what they had at last, if that was more than before. */
        Heap quietHeap(Heap before) {
            Heap now = Heap.withoutGarbage();
            for (int i = 0; i < 20 && (!now.moreThan(before).isEmpty() || now.bytes() - before.bytes() >= BYTES); i++) {
                Systems.runThrough(groups.root(), TaskCategory.OTHER);
                now = Heap.withoutGarbage();
            }
            return now;
        }

        /** All actors of the system, one on a line. */
        String actors() {
            return ((ExtendedActorSystem) Adapter.toClassic(kit.system())).printTree();
        }

        long threads() {
            long tickers = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("peili-ticker"))
                    .count();
            return tickers + Systems.threads(kit.system());
        }
    }
}
