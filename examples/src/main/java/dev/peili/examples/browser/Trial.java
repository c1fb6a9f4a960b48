package dev.peili.examples.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The same load, on one dispatcher after the other: the first script in the foreground, at its recorded times, and all of
 * them in background tabs.
 *
 * <p>Each run has an actor system of its own, and one before it that does the same for a shorter time and is not counted,
 * so that what the JIT compiler has learned favours nobody.
 */
final class Trial {
    /** How long a run may take from its planned end until the last foreground task has run. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    /** For how long the background is alone, so that every run begins in the middle of it. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private static final long REPORT_MILLIS = 200;

    private final Load load;
    private final Work work;
    private final Recorder recorder;

    Trial(Load load, Work work, Recorder recorder) {
        this.load = load;
        this.work = work;
        this.recorder = recorder;
    }

    /** Keeps what happens in the runs that count. */
    interface Recorder {
        /** Keeps nothing. */
        Recorder NONE = new Recorder() {
            @Override
            public void begin(Contender contender) {}

            @Override
            public void opened(List<Stage.Group> groups) {}

            @Override
            public void end() {}
        };

        /** A run begins. */
        void begin(Contender contender);

        /** The tabs of the run have been opened. */
        void opened(List<Stage.Group> groups);

        /** The run is over, and so is its actor system. */
        void end();
    }

    /** Hears now and then how many foreground tasks have run, and out of how many. */
    interface Listener {
        void progress(long run, long planned);
    }

    RunResult run(Contender contender, Listener listener) throws InterruptedException {
        Duration length = load.length();
        Duration warmUp = WARM_UP.compareTo(length) < 0 ? WARM_UP : length;
        play(contender, warmUp, Duration.ZERO, (run, planned) -> {}, groups -> {});
        recorder.begin(contender);
        try {
            return play(contender, length, PATIENCE, listener, recorder::opened);
        } finally {
            recorder.end();
        }
    }

    private RunResult play(
            Contender contender,
            Duration time,
            Duration patience,
            Listener listener,
            Consumer<List<Stage.Group>> opened)
            throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        try (Stage stage = contender.newStage()) {
            Script script = load.scripts().get(0);
            ForegroundTab foreground =
                    new ForegroundTab(ForegroundTab.plan(script, time), stage.open(script, true), work, over);
            List<BackgroundTab> background = contender.hasBackground() ? openBackground(stage, over) : List.of();
            opened.accept(stage.groups());
            FutureTask<RunResult> measured = new FutureTask<>(() -> {
                background.forEach(BackgroundTab::start);
                long start = System.nanoTime() + HEAD_START.toNanos();
                ForegroundTab.sleepUntil(start);
                List<BackgroundTab.Done> before = done(background);
                long pausesBefore = stage.pauses();
                foreground.play(start);
                ForegroundTab.sleepUntil(start + time.toNanos());
                RunResult.Background inTime = RunResult.Background.of(before, done(background));
                long pauses = stage.pauses() - pausesBefore;
                long run = foreground.runWithin(patience);
                long[] delays = foreground.delays(start, System.nanoTime());
                return new RunResult(contender, RunResult.Foreground.of(run, delays), inTime, pauses);
            });
            try {
                new Thread(measured, "load").start();
                return join(measured, () -> listener.progress(foreground.run(), foreground.planned()));
            } finally {
                over.set(true);
                for (BackgroundTab tab : background) {
                    tab.awaitEnd(PATIENCE);
                }
            }
        }
    }

    private List<BackgroundTab> openBackground(Stage stage, AtomicBoolean over) {
        List<BackgroundTab> tabs = new ArrayList<>();
        for (int i = 0; i < load.backgroundTabs(); i++) {
            Script script = load.backgroundScript(i);
            int first = (int) ((long) i * script.cues().size() / load.backgroundTabs());
            tabs.add(new BackgroundTab(script, stage.open(script, false), first, work, over));
        }
        return tabs;
    }

    private static List<BackgroundTab.Done> done(List<BackgroundTab> tabs) {
        return tabs.stream().map(BackgroundTab::done).toList();
    }

    private static <T> T join(FutureTask<T> load, Runnable meanwhile) throws InterruptedException {
        while (true) {
            try {
                return load.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the load could not be dispatched", e.getCause());
            }
        }
    }
}
