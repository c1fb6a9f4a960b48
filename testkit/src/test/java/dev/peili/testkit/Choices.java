package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random choices of one schedule. */
final class Choices {
    private static final List<TaskCategory> CATEGORIES = List.of(TaskCategory.values());

    private final RandomGenerator random;
    private final Realm realm;
    /** Few, so that their order matters. */
    private final List<TaskCategory> categories = new ArrayList<>();

    Choices(RandomGenerator random, Realm realm) {
        this.random = random;
        this.realm = realm;
        int most = 1 + random.nextInt(4);
        for (int i = 0; i < most; i++) {
            categories.add(CATEGORIES.get(random.nextInt(CATEGORIES.size())));
        }
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    TaskCategory category() {
        return oneOf(categories);
    }

    Dossier group() {
        return oneIn(16) ? realm.root : oneOf(realm.dossiers);
    }

    /** Mostly one that has not been closed. */
    Dossier openGroup() {
        Dossier dossier = group();
        for (int i = 0; i < 4 && !dossier.group.isOpen(); i++) {
            dossier = group();
        }
        return dossier.group.isOpen() ? dossier : realm.root;
    }

    Dossier groupForTask() {
        return oneIn(6) ? group() : openGroup();
    }
}
