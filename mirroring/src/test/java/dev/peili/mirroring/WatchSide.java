package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The watchers of an actor, and what each has seen last. */
final class WatchSide {
    /** A watcher. */
    final class ModelWatcher {
        final List<ModelCanonical> canonicals;
        final List<ModelMirror> mirrors;
        private final Watcher real;
        private final Map<Object, Object> seen = new LinkedHashMap<>();
        /** Whether it may be told without a change: a watcher has made it, or somebody has asked, maybe in a failed turn. */
        private boolean mayRun;

        private boolean asked;
        private int runs;

        ModelWatcher(List<ModelCanonical> canonicals, List<ModelMirror> mirrors, Mirroring<Note> mirroring) {
            this.canonicals = canonicals;
            this.mirrors = mirrors;
            boolean isLate = player.isWatching();
            mayRun = isLate;
            canonicals.forEach(canonical -> seen.put(canonical, isLate ? canonical.now : canonical.committed()));
            mirrors.forEach(mirror -> seen.put(mirror, mirror.sight()));
            List<Watchable> all = new ArrayList<>();
            canonicals.forEach(canonical -> all.add(canonical.real));
            mirrors.forEach(mirror -> all.add(mirror.real));
            Watchable first = all.remove(0);
            real = mirroring.watch(this::run, first, all.toArray(Watchable[]::new));
        }

        private void run() {
            player.beforeWatcher();
            ledger.expect(watchers.contains(this), "watch: one that was cancelled runs in " + player);
            if (runs == 0 && changes == 0 && !asked && !mayRun && mirrors.isEmpty()) {
                ledger.expect(
                        canonicals.stream().anyMatch(canonical -> !canonical.now.equals(seen.get(canonical))),
                        "watch: " + real + " runs, but nothing has changed");
            }
            asked = false;
            runs++;
            ledger.expect(
                    runs <= 1 + changes,
                    "watch: " + real + " runs " + runs + " times in a turn with " + changes + " changes by watchers");
            see();
            ledger.coverage.count("watchers run");
            player.watches(this);
        }

        private void see() {
            canonicals.forEach(canonical -> seen.put(canonical, canonical.now));
            mirrors.forEach(mirror -> seen.put(mirror, mirror.sight()));
        }

        private void check() {
            for (ModelCanonical canonical : canonicals) {
                ledger.expect(
                        canonical.committed().equals(seen.get(canonical)),
                        "watch: " + real + " has seen " + seen.get(canonical) + " last, but it is "
                                + canonical.committed());
            }
            for (ModelMirror mirror : mirrors) {
                ledger.expect(
                        mirror.sight().equals(seen.get(mirror)),
                        "watch: " + real + " has seen " + seen.get(mirror) + " last, but it is " + mirror.sight());
            }
        }
    }

    private final Player player;
    private final Ledger ledger;
    private final List<ModelWatcher> watchers = new ArrayList<>();
    private final List<ModelWatcher> added = new ArrayList<>();
    /** What watchers of the running turn may have changed. */
    private int changes;

    WatchSide(Player player) {
        this.player = player;
        this.ledger = player.ledger;
    }

    void watch(Mirroring<Note> mirroring, RandomGenerator random) {
        List<ModelCanonical> canonicals = new ArrayList<>(player.ownerSide.canonicals());
        List<ModelMirror> mirrors = new ArrayList<>(player.mirrorSide.mirrors());
        canonicals.removeIf(canonical -> random.nextInt(3) == 0);
        mirrors.removeIf(mirror -> random.nextInt(3) == 0);
        if (!canonicals.isEmpty() || !mirrors.isEmpty()) {
            ModelWatcher watcher = new ModelWatcher(canonicals, mirrors, mirroring);
            watchers.add(watcher);
            added.add(watcher);
        }
    }

    void cancel(RandomGenerator random) {
        if (!watchers.isEmpty()) {
            ModelWatcher watcher = watchers.remove(random.nextInt(watchers.size()));
            watcher.real.cancel();
            ledger.coverage.count("watchers cancelled");
        }
    }

    void notifyCurrent(RandomGenerator random) {
        if (!watchers.isEmpty()) {
            ModelWatcher watcher = watchers.get(random.nextInt(watchers.size()));
            watcher.real.notifyCurrent();
            watcher.asked = true;
            watcher.mayRun |= player.isWatching();
            changes++;
        }
    }

    /** A watcher has done something that others may be told of. */
    void changes() {
        changes++;
    }

    void beginTurn(boolean isStart) {
        changes = 0;
        watchers.forEach(watcher -> watcher.runs = 0);
        if (isStart) {
            watchers.clear();
        }
    }

    void commit() {
        watchers.forEach(watcher -> {
            ledger.expect(!watcher.asked, "watch: " + watcher.real + " was to run, but did not");
            watcher.mayRun = false;
            watcher.check();
        });
        added.clear();
    }

    void rollBack() {
        watchers.removeAll(added);
        added.clear();
        for (ModelWatcher watcher : watchers) {
            watcher.canonicals.forEach(canonical -> watcher.seen.put(canonical, canonical.committed()));
            // Who was told in vain may be told again.
            watcher.mayRun = true;
        }
    }
}
