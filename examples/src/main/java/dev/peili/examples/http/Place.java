package dev.peili.examples.http;

import dev.peili.actors.DocGroup;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.TabGroup;

/**
 * A group of the content process, as that calls it.
 *
 * @param tabGroup the TabGroup that it is or that it is in; empty for the root group
 */
record Place(Kind kind, String tabGroup, String group) {
    enum Kind {
        DOC_GROUP,
        TAB_GROUP,
        ROOT
    }

    static Place of(SchedulerGroup group) {
        if (group instanceof DocGroup documents) {
            return new Place(Kind.DOC_GROUP, documents.tabGroup().toString(), group.toString());
        } else if (group instanceof TabGroup) {
            return new Place(Kind.TAB_GROUP, group.toString(), group.toString());
        }
        return new Place(Kind.ROOT, "", group.toString());
    }
}
