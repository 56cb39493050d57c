/**
 * A report that people look at: what agents did over a session or a span of time, as one HTML page
 * that needs nothing but itself. Begin with {@link io.governor.cli.report.ReportBuilder}, which
 * adds events up, and {@link io.governor.cli.report.HtmlReport}, which writes the page.
 */
@NullMarked
package io.governor.cli.report;

import org.jspecify.annotations.NullMarked;
