package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class FirstLightTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void taskAndActor_runInTheirGroup() throws Exception {
        Groups groups = Groups.get(KIT.system());
        Tab tab = groups.openTab();
        Document document = tab.openDocument("https://www.example.org/");
        CountDownLatch done = new CountDownLatch(1);
        document.dispatch("hello", TaskCategory.UI, () -> {
            assertThat(SchedulerGroup.current()).contains(document.docGroup());
            done.countDown();
        });
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        TestProbe<Object> probe = KIT.createTestProbe(Object.class);
        ActorRef<String> echo = document.docGroup()
                .spawn(
                        Behaviors.<String>receiveMessage(message -> {
                            probe.ref()
                                    .tell(message + " "
                                            + SchedulerGroup.current().orElseThrow());
                            return Behaviors.same();
                        }),
                        "echo",
                        TaskCategory.NETWORK)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        echo.tell("hi");
        probe.expectMessage("hi tabgroup-1/example.org");
        tab.close();
        probe.expectTerminated(echo, java.time.Duration.ofSeconds(5));
    }
}
