#include "ingest/guess_encoding.h"

#include <algorithm>
#include <vector>

#include "base/listed.h"
#include "base/text.h"
#include "ingest/encodings.h"

namespace hr::ingest {

using namespace std::string_view_literals;

std::string_view encoding_of_mark(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF"sv)) return kUtf8;
  if (head.starts_with("\xFF\xFE"sv)) return kUtf16Le;
  if (head.starts_with("\xFE\xFF"sv)) return kUtf16Be;
  if (head.starts_with("\x84\x31\x95\x33"sv)) return kGb18030;
  return {};
}

namespace {

// UTF-16 units of text, as far as they tell what it is.
struct Units {
  size_t plain = 0;  // ASCII, line ends and tabs
  size_t ends = 0;   // of lines
  size_t wrong = 0;  // what no text has
};

Units units_of(std::string_view bytes, size_t high) {
  Units units;
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const unsigned unit =
        static_cast<unsigned char>(bytes[i + high]) * 256U + static_cast<unsigned char>(bytes[i + 1 - high]);
    const bool line_end = unit == '\n' || unit == '\r';
    if (line_end) ++units.ends;
    if (unit < 0x80 && (unit >= 0x20 || line_end || unit == '\t')) ++units.plain;
    if ((unit < 0x20 && !line_end && unit != '\t') || unit >= 0xFFFE) ++units.wrong;
  }
  return units;
}

constexpr size_t kLeastShare = 200;  // of text, one byte in so many is zero: line ends and delimiters are

bool is_utf16(const Units& units, const Units& other, size_t zeros, std::string_view bytes) {
  const bool enough = is_ascii(bytes) ? zeros * 4 >= bytes.size() : zeros * kLeastShare >= bytes.size();
  return enough && units.wrong * 100 <= units.plain && units.plain > 2 * other.plain && units.ends > 4 * other.ends;
}

}  // namespace

std::string_view utf16_order(std::string_view head) {
  if (head.find('\0') == std::string_view::npos) return {};
  const auto zeros = static_cast<size_t>(std::count(head.begin(), head.end(), '\0'));
  const Units little = units_of(head, 1);
  const Units big = units_of(head, 0);
  if (is_utf16(little, big, zeros, head)) return kUtf16Le;
  if (is_utf16(big, little, zeros, head)) return kUtf16Be;
  return {};
}

namespace {

// Characters that tables about people are full of: the most frequent of Chinese, words of headings, family and given
// names, places, and those of them that are written otherwise in Taiwan and Hong Kong.
constexpr std::string_view kFrequent =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那"
    "得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看"
    "定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第"
    "公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相"
    "见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通"
    "教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总"
    "何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保"
    "至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色"
    "路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带"
    "导争运姓号岗职离薪奖罚考勤绩评级组单层岁男销售财采购研测试营客服仓储质技监助"
    "专副董秘班迟早退旷假病婚丧休调补贴津税险养医疗失伤积银卡账邮箱址联证份籍贯族"
    "党团貌历硕博毕校签约转辞聘状态备注序编码称型源渠价额元率标例项始束止截周季迄"
    "午夜审批创改修李刘陈杨黄赵吴徐孙胡朱林郭罗梁宋郑谢韩唐冯萧曹袁邓傅沈曾彭吕苏"
    "卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵"
    "孟龙段雷钱汤尹黎易贺赖龚伟芳娜秀英敏静丽磊洋勇艳杰娟涛超霞刚桂辉鑫宇雪婷玉华"
    "红志梅琴兰飞波浩鹏云燕玲萍凤春莉佳欣怡晨梓涵轩琳慧峰斌俊凯旭琪倩颖晶京沪渝省"
    "县镇街广深圳杭州宁武汉浙福厦湖河川贵陕甘香港台湾這個們來為國說時會對發後裡種"
    "經麼學現當沒動還進樣從實軍無與長機開關點業將兩間問應戰頭體見產話員題變總電數"
    "報結務場計資統區隊決馬書聽卻達難權記類據邊張該規萬領確傳師觀識帶導爭運號職離"
    "獎罰績評級組單層歲銷財採購測試營質監專責聯絡證貫歷畢簽約轉狀態備註編碼稱額項"
    "標東陳劉楊黃趙吳孫鄭謝韓馮許蕭鄧呂蘇盧蔣賈葉閻鍾陸顧錢湯賀賴龔偉麗強艷傑濤剛"
    "輝紅蘭飛鵬雲鳳瓊瑋廣灣臺龍門辦處課廠際貨幣線倉庫協襄";

constexpr int32_t kBmp = 0x10000;

// The character at `at` of right UTF-8, which is passed.
int32_t take_character(std::string_view text, size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  int32_t c = lead & (0x3F >> more);
  for (int i = 0; i < more; ++i) c = c << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return c;
}

std::vector<bool> frequent_characters() {
  std::vector<bool> is(kBmp);
  for (size_t at = 0; at < kFrequent.size();) is[static_cast<size_t>(take_character(kFrequent, at))] = true;
  return is;
}

// Punctuation that Chinese text has, full width forms.
bool is_neutral(int32_t c) {
  return (c >= 0x2010 && c < 0x2070) || (c >= 0x3000 && c < 0x3040) || (c >= 0xFF00 && c < 0xFF61) ||
         (c >= 0xFFE0 && c < 0xFFE7) || (c >= 0x2460 && c < 0x2474) || c == 0xB7 || c == 0x2103 || c == 0x221A;
}

// Of characters drawn by chance some 7 in 100 are frequent ones, of text about people more than half.
constexpr int kForFrequent = 20;
constexpr int kForOther = -8;
constexpr int kForOdd = -30;  // private use, kana, Greek …: what one encoding makes of another
constexpr int kForBroken = -80;
constexpr int64_t kSure = 40;    // two frequent characters
constexpr int64_t kMargin = 60;  // to what the next best makes of it
constexpr int64_t kPerCharacter = 4;

bool is_frequent(int32_t c) {
  static const std::vector<bool> kIsFrequent = frequent_characters();
  return c < kBmp && kIsFrequent[static_cast<size_t>(c)];
}

int likeness_of(int32_t c) {
  if (is_frequent(c)) return kForFrequent;
  if (c >= 0x4E00 && c < 0xA000) return kForOther;
  return is_neutral(c) ? 0 : kForOdd;
}

// Of Big5 and its extension of Hong Kong the smaller one that has all characters.
Reading read_as_big5(std::string_view sample) {
  const Reading plain = read_as(sample, kBig5);
  if (plain.broken == 0) return plain;
  const Reading extended = read_as(sample, kBig5Hkscs);
  return extended.broken < plain.broken ? extended : plain;
}

bool is_sure(const Reading& reading, int64_t next_best) {
  const auto characters = static_cast<int64_t>(reading.characters);
  return reading.likeness >= kSure && reading.likeness - next_best >= kMargin &&
         reading.likeness >= kPerCharacter * characters;
}

}  // namespace

Reading read_as(std::string_view sample, std::string_view encoding) {
  const std::string text =
      encoding == kUtf8 ? std::string(sample) : read_all(decoded(input_of_text("", std::string(sample)), encoding));
  Reading reading;
  reading.encoding = encoding;
  for (size_t at = 0, broken_at = 0; at < text.size();) {
    if (at == broken_at) broken_at = at + invalid_utf8_at(std::string_view(text).substr(at)).value_or(text.size());
    if (at == broken_at) {
      ++at;
      ++broken_at;
      ++reading.characters;
      ++reading.broken;
      reading.likeness += kForBroken;
      continue;
    }
    const int32_t c = take_character(text, at);
    if (c < 0x80) continue;
    ++reading.characters;
    reading.long_ones += c >= 0x800 ? 1 : 0;
    reading.frequent += is_frequent(c) ? 1U : 0U;
    reading.likeness += likeness_of(c);
  }
  return reading;
}

std::string_view chinese_encoding(std::string_view sample) {
  const Reading gb = read_as(sample, kGb18030);
  const Reading big5 = read_as_big5(sample);
  const int64_t utf8 = read_as(sample, kUtf8).likeness;
  if (is_sure(gb, std::max(big5.likeness, utf8))) return gb.encoding;
  if (is_sure(big5, std::max(gb.likeness, utf8))) return big5.encoding;
  return {};
}

bool may_be_chinese(std::string_view sample) {
  return std::max(read_as(sample, kGb18030).likeness, read_as_big5(sample).likeness) >= kSure;
}

bool is_utf8_by_chance(std::string_view sample) {
  if (is_ascii(sample)) return false;
  const auto is_letter = [&](size_t at) {
    const char lower = at < sample.size() ? static_cast<char>(sample[at] | 0x20) : ' ';
    return lower >= 'a' && lower <= 'z';
  };
  bool any = false;
  for (size_t at = 0; at + 1 < sample.size(); ++at) {
    const auto lead = static_cast<unsigned char>(sample[at]);
    if (lead < 0x80) continue;
    const auto trail = static_cast<unsigned char>(sample[at + 1]);
    if (lead < 0xC2 || lead > 0xDF || trail < 0xA1 || is_letter(at - 1) || is_letter(at + 2)) return false;
    any = any || lead > 0xC3;  // £ and é alone are what they seem
    ++at;
  }
  return any && read_as(sample, kGb18030).frequent > 0;
}

std::string some_words(std::string_view text) {
  constexpr size_t kWords = 3;
  constexpr size_t kWidth = 16;
  std::vector<std::string> words;
  for (size_t at = 0; at < text.size() && words.size() < kWords;) {
    size_t end = at;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) ++end;
    const std::string word = truncate_to_width(text.substr(at, end - at), kWidth);
    if (end > at && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    at = end + 1;
  }
  return escape_controls(hr::listed(words));
}

}  // namespace hr::ingest
