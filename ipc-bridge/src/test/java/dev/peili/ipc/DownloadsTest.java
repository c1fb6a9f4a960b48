package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Document;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The code of docs/ipc.md. */
final class DownloadsTest {
    sealed interface Download extends ProtocolMessage {
        Protocol<Download> PROTOCOL = Protocol.named("PDownload", Download.class);

        record Start(String url) implements Download, Constructor, ToParent {}

        record Progress(int percent) implements Download, ToChild {}

        record Cancel() implements Download, ToParent {}
    }

    sealed interface Window extends ProtocolMessage {
        Protocol<Window> PROTOCOL = Protocol.named("PWindow", Window.class, Download.PROTOCOL);

        record Open(String url) implements Window, Constructor, ToChild {}
    }

    sealed interface App extends ProtocolMessage {
        Protocol<App> PROTOCOL = Protocol.named("PApp", App.class, Window.PROTOCOL);

        record OpenWindow(String url) implements App, ToParent {}
    }

    static final class AppParent extends TopLevelProtocol<App> {
        AppParent() {
            super(App.PROTOCOL, Side.PARENT);
            onConstructor(Download.PROTOCOL, Download.Start.class, DownloadsTest::download);
        }

        @Override
        protected Behavior<App> create(ProtocolActor<App> self) {
            return Behaviors.receive(App.class)
                    .onMessage(App.OpenWindow.class, open -> {
                        ProtocolActor<Window> window = self.make(Window.PROTOCOL, its -> Behaviors.empty());
                        self.sendConstructor(window, new Window.Open(open.url()));
                        return Behaviors.same();
                    })
                    .build();
        }
    }

    static Behavior<Download> download(ProtocolActor<Download> self, Download.Start start) {
        self.send(new Download.Progress(0));
        return Behaviors.receive(Download.class)
                .onMessage(Download.Cancel.class, cancel -> {
                    self.delete();
                    return Behaviors.same();
                })
                .build();
    }

    static final class AppChild extends TopLevelProtocol<App> {
        private final Groups groups;

        AppChild(Groups groups, ActorRef<String> screen) {
            super(App.PROTOCOL, Side.CHILD);
            this.groups = groups;
            onConstructor(Window.PROTOCOL, Window.Open.class, (self, open) -> window(self, open.url(), screen));
        }

        @Override
        protected Behavior<App> create(ProtocolActor<App> self) {
            self.send(new App.OpenWindow("https://shop.example/"));
            return Behaviors.empty();
        }

        @Override
        protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
            if (message.arguments() instanceof Window.Open open) {
                Tab tab = groups.openTab();
                Document document = tab.openDocument(open.url());
                return Optional.of(document.eventTargetFor(TaskCategory.OTHER));
            }
            return Optional.empty();
        }
    }

    static Behavior<Window> window(ProtocolActor<Window> self, String url, ActorRef<String> screen) {
        EventTarget network = self.eventTarget().group().eventTargetFor(TaskCategory.NETWORK);
        ProtocolActor<Download> download = self.make(Download.PROTOCOL, its -> progress(its, screen));
        self.setEventTargetForActor(download, network);
        self.sendConstructor(download, new Download.Start(url + "logo.png"));
        return Behaviors.empty();
    }

    static Behavior<Download> progress(ProtocolActor<Download> self, ActorRef<String> screen) {
        return Behaviors.receive(Download.class)
                .onMessage(Download.Progress.class, progress -> {
                    screen.tell(
                            progress.percent() + "% in " + EventTarget.current().orElseThrow());
                    self.send(new Download.Cancel());
                    return Behaviors.same();
                })
                .onSignal(ActorDestroy.class, end -> {
                    screen.tell(end.why() + ": " + end.detail());
                    return Behaviors.same();
                })
                .build();
    }

    @Test
    void channel_runsInOneActorSystem() {
        ActorTestKit kit = ActorTestKit.create();
        try {
            TestProbe<String> screen = kit.createTestProbe(String.class);
            Groups groups = Groups.get(kit.system());
            kit.spawn(Behaviors.setup(context -> {
                ActorRef<Channel.Command> listener = context.spawn(Channel.listen(AppParent::new), "app");
                context.spawn(Channel.connect(listener, () -> new AppChild(groups, screen.ref())), "app-child");
                return Behaviors.empty();
            }));
            screen.expectMessage("0% in EventTarget(tabgroup-1/shop.example, NETWORK)");
            screen.expectMessage("DELETED: PDownload -1 was deleted on the PARENT side");
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void page_showsThisCode() throws IOException {
        String source = squeeze(Files.readString(Path.of("src/test/java/dev/peili/ipc/DownloadsTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/ipc.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(4)
                .allSatisfy(block -> assertThat(source).contains(squeeze(block)));
    }

    private static String squeeze(String code) {
        return code.replaceAll("\\s+", "");
    }
}
