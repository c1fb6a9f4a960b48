package dev.peili.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace of four short tasks: two of documents of different sites, one of their tab, one of a page without a site. */
final class Tiny {
    private Tiny() {}

    static Path trace(Path folder) throws IOException {
        return Files.writeString(folder.resolve("tiny.json"), """
                [
                {"pid":1,"tid":1,"ph":"M","name":"thread_name","ts":0,"args":{"name":"CrRendererMain"}},
                {"pid":9,"tid":9,"ph":"I","name":"FrameCommittedInBrowser","ts":1,"args":{"data":
                    {"frame":"A","processId":1,"url":"https://www.shop.example/"}}},
                {"pid":9,"tid":9,"ph":"I","name":"FrameCommittedInBrowser","ts":1,"args":{"data":
                    {"frame":"B","parent":"A","processId":1,"url":"https://ads.example/"}}},
                {"pid":9,"tid":9,"ph":"I","name":"FrameCommittedInBrowser","ts":1,"args":{"data":
                    {"frame":"C","parent":"A","processId":1,"url":"about:blank"}}},
                {"pid":1,"tid":1,"ph":"X","name":"RunTask","ts":1000,"dur":500,"args":{}},
                {"pid":1,"tid":1,"ph":"X","name":"TimerFire","ts":1000,"dur":500,"args":{"data":{"frame":"A"}}},
                {"pid":1,"tid":1,"ph":"X","name":"RunTask","ts":2000,"dur":300,"args":{}},
                {"pid":1,"tid":1,"ph":"X","name":"XHRLoad","ts":2000,"dur":300,"args":{"data":{"frame":"B"}}},
                {"pid":1,"tid":1,"ph":"X","name":"RunTask","ts":3000,"dur":20,"args":{}},
                {"pid":1,"tid":1,"ph":"X","name":"RunTask","ts":4000,"dur":100,"args":{}},
                {"pid":1,"tid":1,"ph":"X","name":"TimerFire","ts":4000,"dur":100,"args":{"data":{"frame":"C"}}}
                ]
                """);
    }
}
