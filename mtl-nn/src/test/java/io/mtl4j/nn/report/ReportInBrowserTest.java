package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. */
class ReportInBrowserTest {

    private static final String CHARTS = "document.querySelectorAll('.uplot').length";
    private static final String HIDDEN = "document.querySelectorAll('.u-legend .u-off').length";

    @TempDir(cleanup = CleanupMode.NEVER) // the browser may still write when it is told to end
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Browser.program().isPresent(),
                "no chromium, chromium-browser or google-chrome on the PATH; install one to test the page in it");
        browser = new Browser(folder);
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static Path page(Events events) {
        Path page = folder.resolve("report.html");
        TrainingReport report = TrainingReport.writeTo(page);
        events.all().forEach(report::on);
        browser.complaints.clear();
        browser.requests.clear();
        return page;
    }

    private static void requireQuiet(Path page) {
        assertEquals(List.of(), browser.complaints);
        assertEquals(List.of(page.toUri().toString()), browser.requests, "the page needs nothing but itself");
    }

    @Test
    void everyChartIsDrawnAndFitsTheWindow() throws Exception {
        for (int tasks : List.of(1, 12, 30)) {
            Path page = page(Events.of(tasks, 3));
            for (int width : List.of(360, 1280)) {
                browser.open(page, width, 800, width == 360);
                requireQuiet(page);
                browser.requests.clear();
                browser.evaluate("sessionStorage.clear()");
                assertTrue(
                        browser.evaluate("document.documentElement.scrollWidth").asInt() <= width);
                int drawn = browser.evaluate(CHARTS).asInt();
                assertTrue(drawn >= 7, () -> tasks + " tasks: " + drawn + " charts");
                browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                browser.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))");
                browser.evaluate("sessionStorage.clear()");
                assertEquals(drawn + 1 + tasks, browser.evaluate(CHARTS).asInt(), "those that were folded away");
            }
        }
    }

    @Test
    void seriesTasksAndAxesCanBeSwitched() throws Exception {
        Path page = page(Events.of(3, 3));
        browser.open(page, 1280, 900, false);
        String row = "document.querySelectorAll('.uplot .u-series')[1]";
        browser.evaluate(row + ".querySelector('th').click()");
        assertEquals(1, browser.evaluate(HIDDEN).asInt());
        assertEquals(
                "false",
                browser.evaluate(row + ".querySelector('th').ariaPressed").asText());
        browser.evaluate(row + ".querySelector('th').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))");
        assertEquals(0, browser.evaluate(HIDDEN).asInt());
        browser.evaluate("document.querySelectorAll('#tasks button')[1].click()");
        int ofTask = browser.evaluate(HIDDEN).asInt();
        assertTrue(ofTask >= 5, () -> ofTask + " curves of the second task are hidden");
        String ticks = "document.querySelector('.uplot canvas').toDataURL()";
        String linear = browser.evaluate(ticks).asText();
        browser.evaluate("document.querySelector('main label input').click()");
        browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
        assertNotEquals(linear, browser.evaluate(ticks).asText(), "the axis is logarithmic");
        browser.open(page, 1280, 900, true);
        assertEquals(ofTask, browser.evaluate(HIDDEN).asInt(), "what was chosen survives reloading");
        assertTrue(browser.evaluate("document.querySelector('main label input').checked")
                .asBoolean());
        browser.evaluate("sessionStorage.clear()");
        requireQuietAfterReload();
    }

    private static void requireQuietAfterReload() {
        assertEquals(List.of(), browser.complaints);
        assertEquals(2, browser.requests.size(), browser.requests::toString);
    }

    @Test
    void thePointerShowsValues() throws Exception {
        Path page = page(Events.of(2, 3));
        browser.open(page, 1280, 900, false);
        browser.evaluate("document.querySelector('.u-over').scrollIntoView({block: 'center'})");
        String value = "document.querySelectorAll('.uplot .u-series')[1].querySelector('.u-value').textContent";
        String last = browser.evaluate(value).asText();
        JsonNode place = browser.evaluate("(({left, top, height}) => [left + 2, top + height / 2])"
                + "(document.querySelector('.u-over').getBoundingClientRect())");
        browser.moveTo(place.get(0).asDouble(), place.get(1).asDouble());
        String first = browser.evaluate(value).asText();
        assertTrue(
                Double.parseDouble(first) > Double.parseDouble(last), first + " at the left, " + last + " in the end");
        browser.moveTo(1, 1);
        assertEquals(last, browser.evaluate(value).asText(), "the last value again");
    }

    @Test
    void noTextBecomesMarkup() throws Exception {
        String evil = "</script><b id=evil>&amp;<img src=x onerror=alert(1)>";
        Path page = page(new Events(List.of(evil, "{{script}}"), 2));
        browser.open(page, 1280, 900, false);
        requireQuiet(page);
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('#evil, main img').length")
                        .asInt());
        assertTrue(browser.evaluate("document.querySelector('#tasks').textContent")
                .asText()
                .startsWith(evil));
        assertFalse(browser.evaluate("document.title").asText().contains("&lt;"));
    }
}
