package dev.peili.examples.browser;

import dev.peili.actors.Site;
import dev.peili.examples.DocumentSites;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the label of each task of a recording.
 *
 * <p>A task with a document gets its tab and site. One without gets its tab; where the recording does not say which, that
 * is the tab of the recording, and with several tabs it is unknown. A document whose URL does not tell its site
 * ({@code about:}, {@code data:}, {@code blob:} without an origin, {@code javascript:}, or no URL at all) has, as in a
 * browser, that of its creator, which is taken to be the tab's first document that has one.
 */
final class Labeller {
    /** The id of the tab of a recording that knows of none. */
    private static final String ONLY_TAB = "tab";

    private final Map<String, Site> firstSites = new HashMap<>();
    private final Optional<String> onlyTab;

    Labeller(Recording recording) {
        onlyTab = switch (recording.tabs().size()) {
            case 0 -> Optional.of(ONLY_TAB);
            case 1 -> recording.tabs().stream().findFirst();
            default -> Optional.empty();
        };
        for (RecordedTask task : recording.tasks()) {
            Optional<Site> site = task.frameUrl().flatMap(DocumentSites::own);
            tabOf(task).ifPresent(tab -> site.ifPresent(found -> firstSites.putIfAbsent(tab, found)));
        }
    }

    Label labelOf(RecordedTask task) {
        Optional<String> tab = tabOf(task);
        if (tab.isEmpty()) {
            return new Label.Unknown();
        }
        if (task.frameUrl().isEmpty()) {
            return new Label.OfTab(tab.get());
        }
        return task.frameUrl()
                .flatMap(DocumentSites::own)
                .or(() -> Optional.ofNullable(firstSites.get(tab.get())))
                .or(() -> task.frameUrl().flatMap(DocumentSites::of))
                .<Label>map(found -> new Label.OfDocuments(tab.get(), found))
                .orElseGet(() -> new Label.OfTab(tab.get()));
    }

    private Optional<String> tabOf(RecordedTask task) {
        return task.tab().or(() -> onlyTab);
    }
}
