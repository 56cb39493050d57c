package io.governor.spring.boot;

import dev.langchain4j.service.tool.ToolExecutor;
import java.util.function.UnaryOperator;

/** What stands around every governed tool of the application; a bean of it where there is such. */
interface ToolSurroundings extends UnaryOperator<ToolExecutor> {}
