package dev.peili.examples.browser;

import static dev.peili.examples.Gzip.gzip;
import static dev.peili.examples.browser.TraceText.MAIN;
import static dev.peili.examples.browser.TraceText.at;
import static dev.peili.examples.browser.TraceText.committed;
import static dev.peili.examples.browser.TraceText.event;
import static dev.peili.examples.browser.TraceText.frame;
import static dev.peili.examples.browser.TraceText.halfOnCpu;
import static dev.peili.examples.browser.TraceText.list;
import static dev.peili.examples.browser.TraceText.mainThread;
import static dev.peili.examples.browser.TraceText.onCpu;
import static dev.peili.examples.browser.TraceText.read;
import static dev.peili.examples.browser.TraceText.readBytes;
import static dev.peili.examples.browser.TraceText.readText;
import static dev.peili.examples.browser.TraceText.task;
import static dev.peili.examples.browser.TraceText.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.peili.actors.TaskCategory;
import dev.peili.examples.RecordingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which a Chrome trace becomes tasks, one by one. */
final class TraceReaderTest {

    @Nested
    final class Input {
        @Test
        void list_object_and_gzip_sayTheSame(@TempDir Path folder) throws Exception {
            String events = list(MAIN, task(10, 5));
            Recording expected = readText(events);

            assertThat(expected.tasks()).hasSize(1);
            assertThat(readText("{\"metadata\":{\"a\":[1,{}]},\"traceEvents\":" + events + ",\"more\":{}}"))
                    .isEqualTo(expected);
            assertThat(readBytes(gzip(events))).isEqualTo(expected);
            Path file = Files.write(folder.resolve("b.json.gz"), gzip(events));
            assertThat(TraceReader.read(file)).isEqualTo(new Recording(file.toString(), expected.tasks()));
        }

        @Test
        void whatIsNotUnderstood_isSkipped() throws Exception {
            Recording recording = read(
                    "1",
                    "null",
                    "[[]]",
                    "{}",
                    "{\"ph\":\"X\"}",
                    "{\"ph\":\"X\",\"name\":\"RunTask\",\"pid\":\"one\",\"tid\":1,\"ts\":1,\"dur\":1}",
                    x("TimerFire", 10, 1, "{\"data\":[{\"frame\":\"F\"}],\"beginData\":7,\"frame\":{\"frame\":\"F\"}}"),
                    x("TracingStartedInBrowser", 10, 1, "{\"data\":{\"frames\":[1,[{}],{}]}}"),
                    MAIN,
                    task(10, 5));

            assertThat(recording.tasks()).extracting(RecordedTask::name).containsExactly("TimerFire");
        }

        @Test
        void fractionsOfMicroseconds_areRounded() throws Exception {
            Recording recording = read(MAIN, event("X", "RunTask", 1, 1, "\"ts\":1.6e1,\"dur\":5.4"), task(100, 1));

            assertThat(recording.tasks())
                    .extracting(RecordedTask::startMicros, RecordedTask::durationMicros)
                    .containsExactly(tuple(0L, 5L), tuple(84L, 1L));
        }
    }

    @Nested
    final class Rule1MainThreads {
        @Test
        void onlyMainThreadsOfRenderersHaveTasks() throws Exception {
            Recording recording = read(
                    event("M", "thread_name", 1, 2, "\"args\":{\"name\":\"Compositor\"}"),
                    event("M", "process_name", 1, 3, "\"args\":{\"name\":\"CrRendererMain\"}"),
                    event("X", "RunTask", 1, 2, "\"ts\":1,\"dur\":1"),
                    event("X", "RunTask", 1, 3, "\"ts\":1,\"dur\":1"),
                    event("X", "RunTask", 2, 1, "\"ts\":1,\"dur\":1"),
                    task(5, 7),
                    MAIN);

            assertThat(recording.tasks())
                    .extracting(RecordedTask::durationMicros)
                    .containsExactly(7L);
        }

        @Test
        void tasksOfSeveralProcesses_areInTheOrderOfTheirStarts() throws Exception {
            Recording recording = read(
                    MAIN,
                    mainThread(2, 1),
                    task(10, 5),
                    task(30, 6),
                    event("X", "RunTask", 2, 1, "\"ts\":12,\"dur\":40"));

            assertThat(recording.tasks())
                    .extracting(RecordedTask::startMicros, RecordedTask::durationMicros)
                    .containsExactly(tuple(0L, 5L), tuple(2L, 40L), tuple(20L, 6L));
            assertThat(recording.busyMicros()).isEqualTo(51);
            assertThat(recording.spanMicros()).isEqualTo(42);
        }
    }

    @Nested
    final class Rule2Tasks {
        @ParameterizedTest
        @ValueSource(
                strings = {"RunTask", "ThreadControllerImpl::RunTask", "TaskQueueManager::ProcessTaskFromWorkQueue"})
        void everyNameOfATask_isKnown(String name) throws Exception {
            assertThat(read(MAIN, x(name, 1, 2, "{}")).tasks())
                    .extracting(RecordedTask::name, RecordedTask::category)
                    .containsExactly(tuple(name, TaskCategory.OTHER));
        }

        @Test
        void tasksWithinTasks_areNotCounted() throws Exception {
            Recording recording = read(
                    MAIN,
                    x("ThreadControllerImpl::RunTask", 10, 9, "{}"),
                    task(10, 10), // the outer one, though written later
                    task(15, 5),
                    task(20, 1));

            assertThat(recording.tasks())
                    .extracting(RecordedTask::startMicros, RecordedTask::durationMicros)
                    .containsExactly(tuple(0L, 10L), tuple(10L, 1L));
        }

        @Test
        void pairs_areFolded() throws Exception {
            Recording recording = read(
                    MAIN,
                    at("E", "", 5, "{}"), // begun before the recording
                    at("B", "RunTask", 10, "{}"),
                    at("B", "TimerFire", 11, "{}"),
                    at("B", "RunTask", 12, "{}"),
                    at("E", "RunTask", 13, "{}"),
                    at("E", "", 14, "{}"),
                    at("E", "RunTask", 17, "{}"),
                    at("B", "RunTask", 30, "{}")); // never ended

            assertThat(recording.tasks())
                    .extracting(RecordedTask::name, RecordedTask::durationMicros)
                    .containsExactly(tuple("TimerFire", 7L));
        }

        @Test
        void theArgumentsOfEitherHalf_count() throws Exception {
            Recording recording = read(
                    MAIN,
                    committed(0, "F", "", 1, "http://a.example/"),
                    at("B", "RunTask", 10, "{}"),
                    at("B", "EventDispatch", 11, "{\"data\":{\"type\":\"click\"}}"),
                    at("E", "EventDispatch", 14, frame("F")),
                    at("E", "RunTask", 17, "{}"));

            assertThat(recording.tasks())
                    .extracting(RecordedTask::category, task -> task.frameUrl().orElse("none"))
                    .containsExactly(tuple(TaskCategory.UI, "http://a.example/"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"I", "i"})
        void taskWrittenAsAnInstant_tookNoTime(String phase) throws Exception {
            Recording recording =
                    read(MAIN, task(10, 5), at(phase, "RunTask", 12, "{}"), at(phase, "RunTask", 15, "{}"));

            assertThat(recording.tasks())
                    .extracting(RecordedTask::startMicros, RecordedTask::durationMicros)
                    .containsExactly(tuple(0L, 5L), tuple(5L, 0L));
        }
    }

    @Nested
    final class CpuTime {
        private static void assertTimes(Recording recording, long duration, long cpu) {
            assertThat(recording.tasks())
                    .extracting(RecordedTask::durationMicros, RecordedTask::cpuMicros)
                    .containsExactly(tuple(duration, cpu));
            assertThat(recording.busyMicros()).isEqualTo(duration);
            assertThat(recording.cpuMicros()).isEqualTo(cpu);
        }

        @ParameterizedTest
        @CsvSource({
            "6, 6",
            "5.6, 6",
            "0, 0",
            "10, 10", // as written
            "12, 10",
            "1e300, 10",
            "-3, 0", // not more than there was, and not less than none
            "'\"6\"', 10",
            "null, 10" // none that can be read
        })
        void ofAnInterval_isWritten(String tdur, long cpu) throws Exception {
            assertTimes(read(MAIN, onCpu("RunTask", 10, 10, tdur)), 10, cpu);
        }

        @Test
        void whereThereIsNone_isTheDuration() throws Exception {
            assertTimes(read(MAIN, task(10, 10)), 10, 10);
            assertTimes(read(MAIN, event("X", "RunTask", 1, 1, "\"ts\":10,\"dur\":10,\"tts\":3")), 10, 10);
            assertTimes(read(MAIN, at("I", "RunTask", 10, "{}")), 0, 0);
        }

        @Test
        void ofAPair_isTheDifference() throws Exception {
            assertTimes(read(MAIN, halfOnCpu("B", "RunTask", 10, 100), halfOnCpu("E", "RunTask", 20, 104)), 10, 4);
            assertTimes(read(MAIN, halfOnCpu("B", "RunTask", 10, 100), halfOnCpu("E", "RunTask", 20, 99)), 10, 0);
        }

        @Test
        void ofAPair_needsBoth() throws Exception {
            assertTimes(read(MAIN, halfOnCpu("B", "RunTask", 10, 100), at("E", "RunTask", 20, "{}")), 10, 10);
            assertTimes(read(MAIN, at("B", "RunTask", 10, "{}"), halfOnCpu("E", "RunTask", 20, 104)), 10, 10);
        }

        @Test
        void isThatOfTheTask_notOfItsChild() throws Exception {
            assertTimes(read(MAIN, onCpu("RunTask", 10, 10, "6"), onCpu("TimerFire", 12, 5, "3")), 10, 6);
        }
    }

    @Nested
    final class Rule3Category {
        @ParameterizedTest
        @CsvSource({
            "TimerFire, TIMER",
            "FireIdleCallback, IDLE_CALLBACK",
            "HandlePostMessage, WORKER",
            "MinorGC, GARBAGE_COLLECTION",
            "MajorGC, GARBAGE_COLLECTION",
            "V8.GCScavenger, GARBAGE_COLLECTION",
            "BlinkGC.AtomicPhase, GARBAGE_COLLECTION",
            "ResourceReceiveResponse, NETWORK",
            "ResourceReceivedData, NETWORK",
            "ResourceFinish, NETWORK",
            "XHRReadyStateChange, NETWORK",
            "XHRLoad, NETWORK",
            "ParseHTML, NETWORK",
            "CommitLoad, NETWORK",
            "FireAnimationFrame, REFRESH_DRIVER",
            "UpdateLayoutTree, REFRESH_DRIVER",
            "Layout, REFRESH_DRIVER",
            "PrePaint, REFRESH_DRIVER",
            "Paint, REFRESH_DRIVER",
            "Layerize, REFRESH_DRIVER",
            "Commit, REFRESH_DRIVER"
        })
        void aChild_namesItsTask(String child, TaskCategory category) throws Exception {
            assertThat(read(MAIN, task(10, 10), x(child, 12, 3, "{}")).tasks())
                    .extracting(RecordedTask::name, RecordedTask::category)
                    .containsExactly(tuple(child, category));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ResourceSendRequest", "TimerInstall", "FunctionCall", "PaintImage", "CommitX", "GC"})
        void anythingElse_isOther(String child) throws Exception {
            assertThat(read(MAIN, task(10, 10), x(child, 12, 3, "{}")).tasks())
                    .extracting(RecordedTask::name, RecordedTask::category)
                    .containsExactly(tuple("RunTask", TaskCategory.OTHER));
        }

        @ParameterizedTest
        @CsvSource({
            "click, UI",
            "mousemove, UI",
            "pointerdown, UI",
            "touchstart, UI",
            "wheel, UI",
            "keydown, UI",
            "beforeinput, UI",
            "input, UI",
            "dragstart, UI",
            "compositionend, UI",
            "load, OTHER",
            "readystatechange, OTHER",
            "scroll, OTHER",
            "message, OTHER"
        })
        void onlyInputEvents_areUi(String type, TaskCategory category) throws Exception {
            assertThat(read(
                                    MAIN,
                                    task(10, 10),
                                    x("EventDispatch", 12, 3, "{\"data\":{\"type\":\"%s\"}}".formatted(type)))
                            .tasks())
                    .extracting(RecordedTask::category)
                    .containsExactly(category);
        }

        @Test
        void theLongestCategorisedChild_decides() throws Exception {
            Recording recording = read(
                    MAIN,
                    task(10, 20),
                    x("FunctionCall", 10, 20, "{}"),
                    x("Layout", 11, 4, "{}"),
                    x("MinorGC", 15, 6, "{}"),
                    x("TimerFire", 21, 6, "{}"));

            assertThat(recording.tasks()).extracting(RecordedTask::name).containsExactly("MinorGC");
        }

        @Test
        void childrenStartWithinTheTask_onItsThread() throws Exception {
            Recording recording = read(
                    MAIN,
                    task(10, 10),
                    x("Layout", 9, 5, "{}"),
                    x("Paint", 20, 5, "{}"),
                    event("X", "TimerFire", 1, 2, "\"ts\":12,\"dur\":3"),
                    x("MinorGC", 19, 1, "{}"),
                    task(40, 10),
                    x("XHRLoad", 40, 11, "{}")); // rounding made it longer than its task

            assertThat(recording.tasks()).extracting(RecordedTask::name).containsExactly("MinorGC", "XHRLoad");
        }

        @Test
        void anInstantChild_counts() throws Exception {
            assertThat(read(MAIN, task(10, 10), at("I", "ResourceFinish", 12, "{}"))
                            .tasks())
                    .extracting(RecordedTask::category)
                    .containsExactly(TaskCategory.NETWORK);
        }
    }

    @Nested
    final class Rule4Frame {
        private final String[] frames = {
            committed(0, "A", "", 1, "http://a.example/"), committed(1, "B", "A", 1, "http://b.example/")
        };

        private Recording framed(String... events) throws RecordingException {
            return read(Stream.of(new String[] {MAIN, task(10, 10)}, frames, events)
                    .flatMap(Arrays::stream)
                    .toArray(String[]::new));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'frame':'A','beginData':{'frame':'A'},'data':{'frame':'B'}}",
                    "{'frame':'A','beginData':{'frame':'B'},'data':{}}",
                    "{'frame':'B'}"
                })
        void dataThenBeginDataThenArgs(String args) throws Exception {
            assertThat(framed(x("Layout", 12, 3, args.replace('\'', '"'))).tasks())
                    .extracting(task -> task.frameUrl().orElse("none"))
                    .containsExactly("http://b.example/");
        }

        @Test
        void theFrameOfTheChildThatDecides_goesBeforeEarlierOnes() throws Exception {
            assertThat(framed(x("FunctionCall", 10, 10, frame("A")), x("TimerFire", 12, 3, frame("B")))
                            .tasks())
                    .extracting(task -> task.frameUrl().orElse("none"))
                    .containsExactly("http://b.example/");
        }

        @Test
        void elseTheFirstChildThatHasOne() throws Exception {
            assertThat(framed(
                                    x("MinorGC", 10, 9, "{}"),
                                    x("EvaluateScript", 14, 1, frame("A")),
                                    x("FunctionCall", 12, 1, frame("B")))
                            .tasks())
                    .extracting(RecordedTask::name, task -> task.frameUrl().orElse("none"))
                    .containsExactly(tuple("MinorGC", "http://b.example/"));
        }
    }

    @Nested
    final class Rule5UrlAndTab {
        @Test
        void framesOfTheStart_haveUrlsAndParents() throws Exception {
            Recording recording = read(
                    MAIN,
                    at(
                            "I",
                            "TracingStartedInBrowser",
                            5,
                            ("{'data':{'frames':[{'frame':'A','url':'http://a.example/','processId':1},"
                                            + "{'frame':'B','parent':'A','url':'http://b.example/','processId':2},"
                                            + "{'frame':'C','parent':'B','url':'http://c.example/','processId':1}]}}")
                                    .replace('\'', '"')),
                    task(10, 10),
                    x("TimerFire", 12, 3, frame("C")));

            assertThat(recording.tasks())
                    .extracting(
                            task -> task.tab().orElse("none"),
                            task -> task.frameUrl().orElse("none"))
                    .containsExactly(tuple("A", "http://c.example/"));
            assertThat(recording.tabs()).containsExactly("A");
        }

        @Test
        void aFrameThatNavigates_hasTheUrlOfTheTime() throws Exception {
            Recording recording = read(
                    MAIN,
                    task(10, 5),
                    x("TimerFire", 12, 3, frame("A")),
                    task(30, 5),
                    x("CommitLoad", 32, 1, "{\"data\":{\"frame\":\"A\",\"url\":\"http://two.example/\"}}"),
                    task(50, 5),
                    x("TimerFire", 52, 3, frame("A")),
                    committed(20, "A", "", 1, "http://one.example/"));

            assertThat(recording.tasks())
                    .extracting(task -> task.frameUrl().orElse("none"))
                    .containsExactly("http://one.example/", "http://two.example/", "http://two.example/");
        }

        @Test
        void aCommitWithoutParent_leavesTheFrameInItsTab() throws Exception {
            Recording recording = read(
                    MAIN,
                    committed(0, "A", "", 2, "http://a.example/"),
                    committed(1, "B", "A", 1, "http://b.example/"),
                    task(10, 5),
                    x("CommitLoad", 12, 1, "{\"data\":{\"frame\":\"B\",\"url\":\"http://b.example/2\"}}"));

            assertThat(recording.tasks())
                    .extracting(task -> task.tab().orElse("none"))
                    .containsExactly("A");
        }

        @Test
        void aTaskWithoutKnownFrame_belongsToTheTabOfItsProcess() throws Exception {
            Recording recording = read(
                    MAIN,
                    mainThread(2, 1),
                    mainThread(3, 1),
                    committed(0, "A", "", 1, "http://a.example/"),
                    committed(1, "B", "A", 2, "http://b.example/"),
                    task(10, 5),
                    x("TimerFire", 12, 3, frame("NEVER REPORTED")),
                    event("X", "RunTask", 2, 1, "\"ts\":20,\"dur\":1"),
                    event("X", "RunTask", 3, 1, "\"ts\":30,\"dur\":1"));

            assertThat(recording.tasks())
                    .extracting(
                            task -> task.tab().orElse("none"),
                            task -> task.frameUrl().orElse("none"))
                    .containsExactly(tuple("A", "none"), tuple("A", "none"), tuple("none", "none"));
        }

        @Test
        void aProcessOfSeveralTabs_tellsNothing() throws Exception {
            Recording recording = read(
                    MAIN,
                    committed(0, "A", "", 1, "http://a.example/"),
                    committed(1, "B", "", 1, "http://b.example/"),
                    task(10, 5),
                    task(20, 5),
                    x("TimerFire", 22, 3, frame("B")));

            assertThat(recording.tasks())
                    .extracting(task -> task.tab().orElse("none"))
                    .containsExactly("none", "B");
        }

        @Test
        void aProcessThatBecameReadyLater_hasTheTabToo() throws Exception {
            Recording recording = read(
                    MAIN,
                    event(
                            "I",
                            "FrameCommittedInBrowser",
                            99,
                            99,
                            "\"ts\":1,\"args\":{\"data\":{\"frame\":\"A\",\"url\":\"http://a.example/\"}}"),
                    event(
                            "I",
                            "ProcessReadyInBrowser",
                            99,
                            99,
                            "\"ts\":2,\"args\":{\"data\":{\"frame\":\"A\",\"processId\":1}}"),
                    task(10, 5));

            assertThat(recording.tabs()).containsExactly("A");
        }

        @Test
        void aCircleOfParents_ends() throws Exception {
            Recording recording = read(
                    MAIN,
                    committed(0, "A", "B", 1, "http://a.example/"),
                    committed(1, "B", "A", 1, "http://b.example/"),
                    task(10, 5),
                    x("TimerFire", 12, 3, frame("A")));

            assertThat(recording.tabs()).hasSize(1);
        }
    }
}
