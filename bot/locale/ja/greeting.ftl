# The message in a server that has invited the bot, or a DM to who did.
greeting = 👋 はじめまして、Paperboyです。毎日新しく出る機械学習の論文から票の多いものを、要約と一緒に投稿します。
greeting-by-dm = 👋 はじめまして。**{ $server }** に招待していただき、ありがとうございます。毎日新しく出る機械学習の論文から票の多いものを、要約と一緒に投稿します。どのチャンネルに投稿しましょうか？
greeting-zone = -# タイムゾーンは{ $timezone }です（サーバーの言語から推測しました）。サーバーを管理している方なら始められます。
greeting-start = 始める
greeting-started = ✅ 毎日{ $time }（{ $timezone }）に{ $channel }へ論文をお届けします。ほかにできることは{ COMMAND("help") }コマンドで見られます。
greeting-no-channel = 👋 はじめまして。**{ $server }** に招待していただき、ありがとうございます。ただ、私が投稿できるチャンネルがまだありません。どこか1つのチャンネルで{ $permissions }の権限を許可してから、そこで{ COMMAND("digest add") }コマンドを使ってください。
greeting-again = 👋 また呼んでいただき、ありがとうございます。このサーバーのダイジェスト{ $count }件の投稿を続けます。{ COMMAND("digest edit") }コマンドで変更、{ COMMAND("digest pause") }コマンドで停止できます。
