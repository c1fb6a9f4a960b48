package dev.peili.examples.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import dev.peili.examples.FailedException;
import dev.peili.examples.PeiliSystem;
import dev.peili.ipc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** Plays one script: a parent and its content, in one process or in two. */
final class Session {
    /** For a crash that somebody waits for. */
    static final Duration HEARTBEAT = Duration.ofMillis(200);

    static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;

    private final List<String> settings;

    /** @param settings of the actor systems, in whatever process, each as {@code key=value} */
    Session(String... settings) {
        this.settings = List.of(settings);
    }

    /** One in which a crash is noticed soon. */
    static Session withShortSilence() {
        return new Session(
                "peili.ipc.heartbeat.interval=" + HEARTBEAT.toMillis() + "ms",
                "peili.ipc.heartbeat.timeout=" + SILENCE.toMillis() + "ms");
    }

    /**
     * Plays it to the end.
     *
     * @param progress hears now and then how many messages have been sent
     */
    Playback play(Script script, int processes, LongConsumer progress) throws FailedException, InterruptedException {
        Playback playback = new Playback(script, OptionalLong.empty());
        if (processes == 1) {
            playHere(playback, progress);
        } else {
            playInTwoProcesses(playback, progress);
        }
        return playback;
    }

    private void playHere(Playback playback, LongConsumer progress) throws FailedException, InterruptedException {
        try (PeiliSystem system = PeiliSystem.start("browser", config());
                Opener parent = listen(system.system(), playback);
                Opener content =
                        Opener.start(system.system(), "content", Channel.connect(parent.actor(), side(system)))) {
            await(playback, content.ended()::isDone, progress);
        }
    }

    private void playInTwoProcesses(Playback playback, LongConsumer progress)
            throws FailedException, InterruptedException {
        try (PeiliSystem system = PeiliSystem.start("browser", remoteConfig());
                Opener parent = listen(system.system(), playback)) {
            Process content = ContentProcess.start(Channel.address(system.system(), parent.actor()), settings);
            try {
                await(playback, () -> !content.isAlive(), progress);
                parent.stop();
                content.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } finally {
                content.destroyForcibly();
            }
        }
    }

    /**
     * Kills the content process in the middle.
     *
     * @param messages after so many of them
     * @param progress hears now and then how many messages have been sent
     */
    Crash crash(Script script, long messages, LongConsumer progress) throws FailedException, InterruptedException {
        Playback playback = new Playback(script, OptionalLong.of(messages));
        Crash crash = new Crash(playback, messages);
        try (PeiliSystem system = PeiliSystem.start("browser", remoteConfig());
                Opener parent = listen(system.system(), playback)) {
            Process content = ContentProcess.start(Channel.address(system.system(), parent.actor()), settings);
            try {
                CompletableFuture<Void> killed = playback.reached().thenRun(() -> {
                    crash.happens();
                    content.destroyForcibly();
                });
                await(playback, () -> !content.isAlive() && !playback.reached().isDone(), progress);
                killed.join();
            } finally {
                content.destroyForcibly();
            }
        }
        return crash;
    }

    private Config config() {
        return ConfigFactory.parseString(String.join("\n", settings));
    }

    private Config remoteConfig() {
        return config().withFallback(ContentProcess.remoting());
    }

    private static Supplier<ContentChild> side(PeiliSystem system) {
        Groups groups = Groups.get(system.system());
        return () -> new ContentChild(groups);
    }

    private static Opener listen(ActorSystem<?> system, Playback playback) {
        return Opener.start(system, "parent", Channel.listen(() -> new ContentParent(playback)));
    }

    /** @param isLost whether the content has ended, and should not have */
    private static void await(Playback playback, BooleanSupplier isLost, LongConsumer progress)
            throws FailedException, InterruptedException {
        long sent = -1;
        long progressed = System.nanoTime();
        while (!isDone(playback)) {
            if (playback.sent() != sent) {
                sent = playback.sent();
                progressed = System.nanoTime();
                progress.accept(sent);
            } else if (isLost.getAsBoolean()) {
                throw new FailedException(playback.script().name() + ": the content has ended too early");
            } else if (System.nanoTime() - progressed > PATIENCE.toNanos()) {
                throw new FailedException(
                        playback.script().name() + ": nothing has happened for " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    private static boolean isDone(Playback playback) throws FailedException, InterruptedException {
        try {
            playback.done().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailedException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
