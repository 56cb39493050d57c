package io.governor.langchain4j;

import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import org.jspecify.annotations.Nullable;

/** Governs whatever another provider provides. As safe for several threads as that one is. */
final class GovernedToolProvider implements ToolProvider {

  private final ToolProvider provider;
  private final GovernedTools tools;

  GovernedToolProvider(ToolProvider provider, GovernedTools tools) {
    this.provider = provider;
    this.tools = tools;
  }

  /** The provider that is governed, or the given one when it is not. */
  static ToolProvider within(ToolProvider provider) {
    return provider instanceof GovernedToolProvider governed ? within(governed.provider) : provider;
  }

  /** What becomes of each executor that is provided. */
  ToolExecutor executor(ToolExecutor provided) {
    return tools.executor(provided);
  }

  @Override
  public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
    ToolProviderResult provided = provider.provideTools(request);
    if (provided == null) {
      return null;
    }
    ToolProviderResult.Builder governed = ToolProviderResult.builder();
    for (AiServiceTool tool : provided.aiServiceTools()) {
      governed.add(tools.provided(tool));
    }
    return governed.build();
  }

  @Override
  public boolean isDynamic() {
    return provider.isDynamic();
  }
}
